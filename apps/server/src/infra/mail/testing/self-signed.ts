/**
 * Key and certificate of a mail server that nobody trusts by itself, for `localhost` and 127.0.0.1 until 2120. Made with openssl for
 * these tests; they guard nothing.
 */
export const selfSigned = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg6Lrf6GTUMK/0B6Eb
wxrgjHWn5q/bLxiVnA3vs2uISRChRANCAAQJ8xhS39m2elhkyyfszpMWeZwb/l5o
iuSF0eCe6Np/0S9C6sXWYn/UhgMkhSiNv6GqOkp8+0q+NgFdYJTx8NUM
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBejCCASCgAwIBAgIUQTaRyMMXmO/Xau7qoMcWpWotmyEwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAx
MDAwMDAwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQJ8xhS39m2elhkyyfszpMWeZwb/l5oiuSF0eCe6Np/0S9C6sXWYn/U
hgMkhSiNv6GqOkp8+0q+NgFdYJTx8NUMo04wTDAaBgNVHREEEzARgglsb2NhbGhv
c3SHBH8AAAEwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUaG5QeVF9kjymJ/79
HD9DjmmxpeMwCgYIKoZIzj0EAwIDSAAwRQIhAOUCB+szKzBgvxQCsvn8kKoFofFU
UssIt3QWikihTjaFAiB6kt514yN5dJ/kKYSydfM8CkXcRfVjkL/7IQEqPspwvQ==
-----END CERTIFICATE-----`,
}
