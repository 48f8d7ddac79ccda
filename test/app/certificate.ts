/**
 * A certificate for 127.0.0.1 and its key, made for these tests (openssl req -x509, valid until 2126): it protects
 * nothing and nobody else trusts it. Node cannot make one by itself.
 */
export const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgDbjWD9/hdpJK+tbG
kiyops8FW4QKfQ8z2LwUZLC+DwahRANCAAQxYA6P9NRYMwmQlN0waUd+ywC6wP1t
VLdim+tAS/PkKF0l/XBFdi+PBnAeoATXcKVgI4ypQ08sKq6HaRdDwVrM
-----END PRIVATE KEY-----
`;

export const certificate = `-----BEGIN CERTIFICATE-----
MIIBkDCCATagAwIBAgIUaUHXJ1qmCRuKwDVmgpAuGyOzBfAwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyNDA5NDEyOVoYDzIxMjYxMDMx
MDk0MTI5WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQxYA6P9NRYMwmQlN0waUd+ywC6wP1tVLdim+tAS/PkKF0l/XBFdi+P
BnAeoATXcKVgI4ypQ08sKq6HaRdDwVrMo2QwYjAdBgNVHQ4EFgQUqSGza5qGBrUW
AHvVci2iQUVeAXQwHwYDVR0jBBgwFoAUqSGza5qGBrUWAHvVci2iQUVeAXQwDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUC
IQCBzs+fU9Ioz/HsefFrotMOV5dfUoUSakmPJ2toRuON2QIgOsuhqOJDIP/OlHqm
HfUsUH+gmEOBeFxysaLUdBy3yUI=
-----END CERTIFICATE-----
`;
