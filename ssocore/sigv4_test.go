package ssocore

import (
	"bytes"
	"crypto/hmac"
	stdsha256 "crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"time"
)

func TestHashesAreThoseOfTheStandardLibrary(t *testing.T) {
	for n := range 300 {
		text := []byte(strings.Repeat("Rôle 管理 ", n)[:n])
		if sha256(text) != stdsha256.Sum256(text) {
			t.Errorf("hash of %d bytes differs", n)
		}
		if !bytes.Equal(hmacSHA256(text, "message"), referenceHMAC(text, "message")) {
			t.Errorf("code with a key of %d bytes differs", n)
		}
	}
}

func referenceHMAC(key []byte, text string) []byte {
	mac := hmac.New(stdsha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// referenceSignature is signature.sign by the standard library's hashes.
func referenceSignature(s *signature, canonical string) string {
	hash := stdsha256.Sum256([]byte(canonical))
	text := "AWS4-HMAC-SHA256\n" + s.time.Format(timestamp) + "\n" + s.scope() + "\n" + hex.EncodeToString(hash[:])
	key := []byte("AWS4" + s.credentials.SecretAccessKey.Reveal())
	for _, part := range []string{s.time.Format(datestamp), s.region, "awsssoportal", "aws4_request", text} {
		key = referenceHMAC(key, part)
	}
	return hex.EncodeToString(key)
}

func TestCanonicalPartsAreThoseOfBotocore(t *testing.T) {
	for path, want := range map[string]string{
		"/": "/", "//": "/", "/a": "/a", "/a//b/": "/a/b/", "/a/./b/../c": "/a/c", "/../a": "/a", "/a/..": "/",
		"/c%20d": "/c%2520d", "/é~*": "/%C3%A9~%2A",
	} {
		if got := canonicalPath(path); got != want {
			t.Errorf("path %s becomes %s, want %s", path, got, want)
		}
	}
	for _, test := range [][3]string{
		{"https", "Example.COM:443", "example.com"}, {"https", "example.com:80", "example.com:80"},
		{"http", "example.com:80", "example.com"}, {"http", "127.0.0.1:8080", "127.0.0.1:8080"},
	} {
		if got := canonicalHost(test[0], test[1]); got != test[2] {
			t.Errorf("host %s becomes %s, want %s", test[1], got, test[2])
		}
	}
	for query, want := range map[string]string{
		"": "", "a": "a=", "a=1&a=2": "a=1", "a=b+c": "a=b%20c", "a=%2b": "a=%2B", "%61=1&a=2": "a=1", "&&a=1&": "a=1",
		"a=%zz%4": "a=%25zz%254", "a=%ff": "a=%EF%BF%BD", "=1": "=1",
	} {
		if got := reencode(query); got != want {
			t.Errorf("query %s becomes %s, want %s", query, got, want)
		}
	}
	if got := canonicalValue("\t a \x1f b\v\n"); got != "a b" {
		t.Errorf("value becomes %q", got)
	}
}

// TestSigningKeyIsDerivedAsDocumented derives the key that AWS's documentation of
// Signature Version 4 has as its example.
func TestSigningKeyIsDerivedAsDocumented(t *testing.T) {
	key := []byte("AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
	for _, part := range []string{"20120215", "us-east-1", "iam", "aws4_request"} {
		key = hmacSHA256(key, part)
	}
	if got := hex.EncodeToString(key); got != "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d" {
		t.Errorf("signing key is %s", got)
	}
}

func TestPresignedURLsTakeTheTimeFromTheClock(t *testing.T) {
	zone := time.FixedZone("", 5*3600)
	clock := &instantClock{now: time.Date(2025, 1, 1, 2, 0, 0, 0, zone)}
	c := newClient(t, Options{Fetcher: answer(500, nil, ""), Clock: clock})
	url, err := c.GeneratePresignedURL("logout", Params{{"accessToken", Secret(hidden)}}, func(o *PresignOptions) {
		o.Credentials = RoleCredentials{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: "secret"}
		o.ExpiresIn = 90 * time.Second
	})
	if err != nil || !strings.Contains(url, "X-Amz-Date=20241231T210000Z&X-Amz-Expires=90&") || strings.Contains(url, hidden) {
		t.Errorf("url is %s, %v", url, err)
	}
}
