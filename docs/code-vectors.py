#!/usr/bin/env python3
"""The test vectors of docs/code-format.md, by a program that shares nothing with ours: Python, its
hmac and hashlib, and the block ciphers of OpenSSL's command line. Prints the table's rows."""
import hashlib, hmac, subprocess, uuid

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
HERE = uuid.UUID("00112233-4455-6677-8899-aabbccddeeff")
SECRET = bytes(range(32))


def multiply(a, b):
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 32:
            a ^= 0b100101
        b >>= 1
    return product


def power(n):
    return 1 if n == 0 else multiply(power(n - 1), 2)


def subkey(suite, version, purpose, installation):
    message = (b"\0\0\0\1" + b"xinyuan code 2 " + purpose + b"\0"
               + installation.bytes + bytes([version]) + (128).to_bytes(4, "big"))
    digest = "sha256" if suite == "AES" else "sm3"
    return hmac.new(SECRET, message, lambda d=b"": hashlib.new(digest, d)).digest()[:16]


def block(suite, key, data):
    name = "-aes-128-ecb" if suite == "AES" else "-sm4-ecb"
    return subprocess.run(["openssl", "enc", name, "-K", key.hex(), "-nopad"],
                          input=data, capture_output=True, check=True).stdout


def code(suite, version, index, installation=HERE):
    def call(purpose, letter, value):
        data = letter + bytes([2, version]) + installation.bytes[:8] + value.to_bytes(5, "big")
        return int.from_bytes(block(suite, subkey(suite, version, purpose, installation), data), "big")
    tag = call(b"tag", b"T", index) >> 88
    cipher = index ^ call(b"pad", b"C", tag) >> 97
    bits = version << 71 | tag << 31 | cipher
    values = [bits >> 5 * (14 - i) & 31 for i in range(15)]
    total = 0
    for i, value in enumerate(values):
        total ^= multiply(power(i), value)
    last = next(c for c in range(32) if multiply(power(15), c) == total)
    text = "".join(ALPHABET[v] for v in values + [last])
    return " ".join(text[i:i + 4] for i in range(0, 16, 4))


if __name__ == "__main__":
    for suite, version, index in [
            ("AES", 0, 0), ("AES", 0, 1), ("AES", 0, 2), ("AES", 0, 16777215), ("AES", 0, 2147483647),
            ("AES", 1, 0), ("AES", 15, 123456789),
            ("SM4", 0, 0), ("SM4", 0, 1), ("SM4", 7, 2147483647)]:
        print(f"| {suite} | {version} | {index} | `{code(suite, version, index)}` |")
    other = uuid.UUID("00112233-4455-6677-8899-aabbccddee00")
    print("other installation", code("AES", 0, 0, other))
    print(subkey("AES", 0, b"tag", HERE).hex(), subkey("AES", 0, b"pad", HERE).hex())
    print(subkey("SM4", 0, b"tag", HERE).hex(), subkey("SM4", 0, b"pad", HERE).hex())
