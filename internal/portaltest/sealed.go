package portaltest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
)

// sealer makes and reads what the portal hands out and later gets back: next
// tokens, clients, codes, access and refresh tokens. Each holds what it
// stands for, encrypted and authenticated, so nobody can read, forge or alter
// one, or use it for another purpose; and the portal needs to remember none.
//
// The key follows from the seed alone: a portal made anew with the same seed
// honours what the last one issued. That seed is no secret. What is sealed
// keeps a client honest and guards nothing.
type sealer struct{ aead cipher.AEAD }

const (
	nonceSize = 12
	// sealedOverhead is what sealing adds: the nonce and an authentication tag.
	sealedOverhead = nonceSize + 16
)

func newSealer(seed uint64) sealer {
	key := sha256.Sum256(binary.BigEndian.AppendUint64([]byte("portaltest sealer "), seed))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic("portaltest: sealer key: " + err.Error())
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic("portaltest: sealer cipher: " + err.Error())
	}
	return sealer{aead}
}

// seal returns size bytes that hold plain, followed by zeros.
func (s sealer) seal(purpose string, size int, nonce, plain []byte) []byte {
	padded := make([]byte, size-sealedOverhead)
	copy(padded, plain)
	return s.aead.Seal(nonce, nonce, padded, []byte(purpose))
}

func (s sealer) open(purpose string, sealed []byte) (plain []byte, ok bool) {
	if len(sealed) < sealedOverhead {
		return nil, false
	}
	plain, err := s.aead.Open(nil, sealed[:nonceSize], sealed[nonceSize:], []byte(purpose))
	return plain, err == nil
}

// decodeExactly decodes text if it is the one that encodes to the result:
// package base64 overlooks line breaks and stray bits at the end.
func decodeExactly(encoding *base64.Encoding, text string) ([]byte, bool) {
	decoded, err := encoding.DecodeString(text)
	return decoded, err == nil && encoding.EncodeToString(decoded) == text
}

// packInts writes values one after another.
func packInts(values ...int64) []byte {
	var out []byte
	for _, v := range values {
		out = binary.BigEndian.AppendUint64(out, uint64(v))
	}
	return out
}

// intAt reads the n-th value that [packInts] wrote.
func intAt(plain []byte, n int) int64 {
	return int64(binary.BigEndian.Uint64(plain[8*n:]))
}

const pageTokenSize = 36

// sealPageToken says where the next page of a listing starts. It is in standard
// base64, whose + / = show whether a client encodes its query.
func (p *Portal) sealPageToken(listing string, start int) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	sealed := p.sealer.seal("page of "+listing, pageTokenSize, p.secrets.bytes(nonceSize), packInts(int64(start)))
	return base64.StdEncoding.EncodeToString(sealed)
}

func (p *Portal) openPageToken(listing, token string) (start int, ok bool) {
	if token == "" {
		return 0, true
	}
	sealed, ok := decodeExactly(base64.StdEncoding, token)
	if !ok {
		return 0, false
	}
	plain, ok := p.sealer.open("page of "+listing, sealed)
	if !ok {
		return 0, false
	}
	return int(intAt(plain, 0)), true
}
