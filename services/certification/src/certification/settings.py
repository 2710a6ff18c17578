"""Settings of the certification service, read from the environment."""

from pydantic import Field, SecretStr, field_validator

from certification.partners.document_store_place import StorePlace, read_place
from shared.process.settings import ProcessSettings, ServiceSettings
from shared.security.signing import SigningKey, read_retired


class DocumentStoreSettings(ProcessSettings):
    """Where the contents of applicants' documents are stored."""

    document_store_url: str = Field(
        description="Address of the document store: file:///folder, or s3://bucket/prefix of any "
        "S3-compatible store."
    )
    document_store_endpoint: str = Field(
        default="", description="Address of the S3-compatible store. If empty, Amazon S3."
    )
    document_store_region: str = Field(
        default="us-east-1", description="Region for which requests to S3 are signed."
    )
    document_store_access_key_id: SecretStr = Field(
        default=SecretStr(""),
        description="Access key ID for S3. If empty, the identity that the cloud gives the "
        "machine is used.",
    )
    document_store_secret_access_key: SecretStr = Field(
        default=SecretStr(""),
        description="Secret access key for S3, used to sign requests. Needed only with an access "
        "key ID.",
    )

    @field_validator("document_store_url")
    @classmethod
    def _is_a_place(cls, url: str) -> str:
        read_place(url)
        return url

    @property
    def document_place(self) -> StorePlace:
        """The address and credentials in the form that the store's adapter takes."""
        return StorePlace(
            self.document_store_url,
            self.document_store_endpoint,
            self.document_store_region,
            self.document_store_access_key_id.get_secret_value(),
            self.document_store_secret_access_key.get_secret_value(),
        )


class RegisterSettings(ProcessSettings):
    """The keys that sign the register's extracts."""

    register_signing_key: SecretStr = Field(
        description="Private key (PEM, curve P-256) that signs the register's extracts with ES256."
    )
    register_retired_keys: str = Field(
        default="",
        description="JWKS document of public keys that signed extracts before. They are published "
        "together with today's key. If empty, there are none.",
    )

    @field_validator("register_signing_key")
    @classmethod
    def _signs(cls, pem: SecretStr) -> SecretStr:
        SigningKey.read(pem.get_secret_value())
        return pem

    @field_validator("register_retired_keys")
    @classmethod
    def _verify(cls, keys: str) -> str:
        read_retired(keys)
        return keys

    @property
    def register_key(self) -> SigningKey:
        """The current and the retired keys."""
        return SigningKey.read(
            self.register_signing_key.get_secret_value(), self.register_retired_keys
        )


class Settings(ServiceSettings, DocumentStoreSettings, RegisterSettings):
    """The settings of every process of this service."""

    pages_kept_seconds: float = Field(
        default=1,
        ge=0,
        le=60,
        description="Seconds for which a process caches a public page. If 0, pages are not cached.",
    )
    board_contact: str = Field(
        default="",
        max_length=200,
        description="How people can contact the Board, for example an email address or a "
        "telephone number; one line, shown on public pages. If empty, no contact is shown.",
    )
    status_requests_per_minute: int = Field(
        default=60,
        ge=1,
        description="How many status requests one client address may make per minute.",
    )
    intake_limit_bytes: int = Field(
        default=8_388_608, ge=1024, description="Largest list that an intake accepts, in bytes."
    )
