"""A certificate for press.example and mail.example that nobody knows, signed by itself, and its key; for tests."""

import ssl
from pathlib import Path

KEY = """-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg3lR+vlZ7Emnxg+Yx
Zk4ue5bt6RccryFBoik9vukvF/uhRANCAAT/Wz3LxV6jBCBg+dP3EsUXQBdkMlW2
BPuderev+ds5zxLYONXB0M0IFGv8+VzXdAC8/znngqjHT7na4HkrVIwQ
-----END PRIVATE KEY-----
"""
CERTIFICATE = """-----BEGIN CERTIFICATE-----
MIIBsDCCAVWgAwIBAgIUGbRGTJQYRoKUimsICSBd0e/31XEwCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNcHJlc3MuZXhhbXBsZTAgFw0yNjExMjIxNjM5MzBaGA8yMTI2
MTAyOTE2MzkzMFowGDEWMBQGA1UEAwwNcHJlc3MuZXhhbXBsZTBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABP9bPcvFXqMEIGD50/cSxRdAF2QyVbYE+516t6/52znP
Etg41cHQzQgUa/z5XNd0ALz/OeeCqMdPudrgeStUjBCjezB5MB0GA1UdDgQWBBQH
1RjnGV5Miv8beVqDYrypxbLL0zAfBgNVHSMEGDAWgBQH1RjnGV5Miv8beVqDYryp
xbLL0zAPBgNVHRMBAf8EBTADAQH/MCYGA1UdEQQfMB2CDXByZXNzLmV4YW1wbGWC
DG1haWwuZXhhbXBsZTAKBggqhkjOPQQDAgNJADBGAiEAzcc8i3Ka7rjnHPO+exqw
g0nNqV4Gx5vJggCUixwKvRcCIQCwZGUd0LqeJt45nFnuHDUZ4uK6akW4wLljOuue
Kkl3uQ==
-----END CERTIFICATE-----
"""


def server_side(folder: Path) -> ssl.SSLContext:
    """What a server shows; the certificate lies in ``folder`` as paper.pem."""
    (folder / "key.pem").write_text(KEY)
    (folder / "paper.pem").write_text(CERTIFICATE)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "paper.pem", folder / "key.pem")
    return context


def trusting(folder: Path) -> ssl.SSLContext:
    """What a client knows that was given the certificate."""
    return ssl.create_default_context(cafile=folder / "paper.pem")
