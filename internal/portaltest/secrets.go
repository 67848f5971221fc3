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

// userCode is eight consonants, which can not spell a word.
func (s *secretSource) userCode() string {
	const letters = "BCDFGHJKLMNPQRSTVWXZ"
	code := s.bytes(8)
	for i := range code {
		code[i] = letters[int(code[i])%len(letters)]
	}
	return string(code[:4]) + "-" + string(code[4:])
}

// demoMark stands, in a demo organisation, where a person looks first: its
// letters are among those that the real ones are made of.
const demoMark = "DEMO"

// mark writes demoMark into text at a place, if it is wanted.
func mark(text string, at int, demo bool) string {
	if !demo {
		return text
	}
	return text[:at] + demoMark + text[at+len(demoMark):]
}

const accessKeyPrefix = "ASIA"

func (s *secretSource) accessKeyID(demo bool) string {
	id := accessKeyPrefix + base32.StdEncoding.EncodeToString(s.bytes(10))
	return s.remember(mark(id, len(accessKeyPrefix), demo))
}

func (s *secretSource) secretAccessKey(demo bool) string {
	return s.remember(mark(base64.StdEncoding.EncodeToString(s.bytes(30)), 0, demo))
}

// sessionToken begins as those of AWS's token service do: these bytes are
// sixteen characters.
func (s *secretSource) sessionToken(demo bool) string {
	begin := []byte("!\n\torigin_ec")
	token := base64.StdEncoding.EncodeToString(append(begin, s.bytes(488)...))
	return s.remember(mark(token, base64.StdEncoding.EncodedLen(len(begin)), demo))
}
