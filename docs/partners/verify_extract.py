"""Verify an extract of the register offline: `verify_extract.py extract.jose keys.json`.

It needs only PyJWT and cryptography. `keys.json` is the answer of `GET /v1/register/keys`: save it
once over a connection that you trust, and again when an extract names a key that is not in it.
"""

import json
import sys
from pathlib import Path
from typing import Any

try:
    import jwt
except ModuleNotFoundError:
    sys.exit("This needs PyJWT with cryptography: pip install 'pyjwt[crypto]'")

ISSUER, KIND = "urn:casomb:certification:register", "casomb-register-extract+jwt"


def verified(extract: str, key_set: dict[str, Any]) -> dict[str, Any]:
    """Return the content of the extract; raise jwt.PyJWTError if its signature is not valid."""
    if not isinstance(key_set, dict):
        raise jwt.InvalidKeyError("the key file is not an answer of GET /v1/register/keys")
    header = jwt.get_unverified_header(extract)
    if header.get("typ") != KIND:
        raise jwt.InvalidTokenError("this is not an extract of the register")
    keys = {key.key_id: key.key for key in jwt.PyJWKSet.from_dict(key_set).keys}
    if header.get("kid") not in keys:
        raise jwt.InvalidTokenError("it was signed with a key that is not in this key set")
    return jwt.decode(
        extract,
        keys[header["kid"]],
        algorithms=["ES256"],
        issuer=ISSUER,
        options={
            "require": ["iss", "iat", "as_of"],
            "verify_iat": False,
        },  # independent of your clock
    )


if __name__ == "__main__":
    if len(sys.argv) != len(["verify_extract.py", "extract.jose", "keys.json"]):
        sys.exit(__doc__)
    try:
        extract, keys = (Path(argument).read_text() for argument in sys.argv[1:])
        said = verified(extract.strip(), json.loads(keys))
    except OSError as error:
        sys.exit(f"{error.filename} cannot be read: {error.strerror}")
    except (jwt.PyJWTError, ValueError) as error:
        sys.exit(f"REFUSED: {error}")
    listed = f" for county {said['county']}" if "county" in said else ""
    print(f"genuine; as of {said['as_of']}{listed}:")
    for entry in said["entries"]:
        since = f" since {entry['since']}" if entry["since"] else ""
        print(f"{entry['kind']} {entry['number']} {entry['name']}: {entry['status']}{since}")
