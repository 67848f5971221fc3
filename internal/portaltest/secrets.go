package portaltest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"time"
)

// secretSource makes everything that must look random: a stream of HMAC-SHA256
// blocks over a counter. Seed and starting time are its key, so a test with a
// fixed clock sees the same secrets each time, while a portal started again
// does not hand out the old ones. What is a secret is also remembered.
type secretSource struct {
	key     []byte
	counter uint64
	given   []string
}

func newSecretSource(seed uint64, start time.Time) secretSource {
	key := binary.BigEndian.AppendUint64(nil, seed)
	return secretSource{key: binary.BigEndian.AppendUint64(key, uint64(start.UnixNano()))}
}

func (s *secretSource) bytes(n int) []byte {
	var out []byte
	for len(out) < n {
		s.counter++
		block := hmac.New(sha256.New, s.key)
		block.Write(binary.BigEndian.AppendUint64(nil, s.counter))
		out = block.Sum(out)
	}
	return out[:n:n]
}

func (s *secretSource) remember(secret string) string {
	s.given = append(s.given, secret)
	return secret
}

func (s *secretSource) uuid() string {
	b := s.bytes(16)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

func (s *secretSource) clientID() string {
	return base64.RawURLEncoding.EncodeToString(s.bytes(24))
}

func (s *secretSource) clientSecret() string {
	return s.remember(base64.RawURLEncoding.EncodeToString(s.bytes(192)))
}

func (s *secretSource) deviceCode() string {
	return s.remember(base64.RawURLEncoding.EncodeToString(s.bytes(64)))
}

// userCode is eight consonants, which can not spell a word.
func (s *secretSource) userCode() string {
	const letters = "BCDFGHJKLMNPQRSTVWXZ"
	code := s.bytes(8)
	for i := range code {
		code[i] = letters[int(code[i])%len(letters)]
	}
	return string(code[:4]) + "-" + string(code[4:])
}

// accessToken has the real ones' form: two parts, the second in base64 with
// its + / =.
func (s *secretSource) accessToken() string {
	return s.remember("aoaAAAAA" + base64.RawURLEncoding.EncodeToString(s.bytes(96)) +
		":" + base64.StdEncoding.EncodeToString(s.bytes(100)))
}

func (s *secretSource) accessKeyID() string {
	return s.remember("ASIA" + base32.StdEncoding.EncodeToString(s.bytes(10)))
}

func (s *secretSource) secretAccessKey() string {
	return s.remember(base64.StdEncoding.EncodeToString(s.bytes(30)))
}

// sessionToken begins as those of AWS's token service do.
func (s *secretSource) sessionToken() string {
	return s.remember(base64.StdEncoding.EncodeToString(append([]byte("!\n\torigin_ec"), s.bytes(488)...)))
}
