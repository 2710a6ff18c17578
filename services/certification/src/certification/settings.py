"""What the certification service's processes are told by their environment."""

from pydantic import Field, SecretStr, field_validator

from certification.partners.document_store_place import StorePlace, read_place
from shared.process.settings import ProcessSettings, ServiceSettings
from shared.security.signing import SigningKey, read_retired


class DocumentStoreSettings(ProcessSettings):
    """Where the bytes of applicants' documents are kept."""

    document_store_url: str = Field(
        description="file:///folder, or s3://bucket/prefix of any S3-compatible store."
    )
    document_store_endpoint: str = Field(
        default="", description="Address of the S3-compatible store; empty is Amazon's own."
    )
    document_store_region: str = Field(
        default="us-east-1", description="Region that requests to S3 are signed for."
    )
    document_store_access_key_id: SecretStr = Field(
        default=SecretStr(""),
        description="Who asks S3; empty is the identity that the machine was given by its cloud.",
    )
    document_store_secret_access_key: SecretStr = Field(
        default=SecretStr(""), description="The secret that requests to S3 are signed with."
    )

    @field_validator("document_store_url")
    @classmethod
    def _is_a_place(cls, url: str) -> str:
        read_place(url)
        return url

    @property
    def document_place(self) -> StorePlace:
        """The place as the store's adapter reads it."""
        return StorePlace(
            self.document_store_url,
            self.document_store_endpoint,
            self.document_store_region,
            self.document_store_access_key_id.get_secret_value(),
            self.document_store_secret_access_key.get_secret_value(),
        )


class RegisterSettings(ProcessSettings):
    """What the register's extracts are signed with."""

    register_signing_key: SecretStr = Field(
        description="Private key, PEM, curve P-256: signs the register's extracts (ES256)."
    )
    register_retired_keys: str = Field(
        default="",
        description="JWKS document of public keys that signed before; published beside today's.",
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
        """The keys as whoever signs reads them."""
        return SigningKey.read(
            self.register_signing_key.get_secret_value(), self.register_retired_keys
        )


class Settings(ServiceSettings, DocumentStoreSettings, RegisterSettings):
    """The settings of every process of this service."""

    pages_kept_seconds: float = Field(
        default=1, ge=0, le=60, description="For how long a process keeps a page; 0 keeps none."
    )
    board_contact: str = Field(
        default="",
        max_length=200,
        description="How people reach the Board, in one line for its public pages, such as an "
        "e-mail address or a telephone number; empty shows none.",
    )
    status_requests_per_minute: int = Field(
        default=60, ge=1, description="How often a minute one address may ask for a file's status."
    )
    intake_limit_bytes: int = Field(
        default=8_388_608, ge=1024, description="Largest list that an intake takes, in bytes."
    )
