package portaltest

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/binary"
)

// pageTokens makes and reads next tokens: where the next page starts,
// encrypted and authenticated, so that nobody can read, forge or alter one or
// use it for another listing. They are in standard base64, whose + / = show
// whether a client encodes its query.
type pageTokens struct{ aead cipher.AEAD }

// newPageTokens panics unless key is an AES key.
func newPageTokens(key []byte) pageTokens {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic("portaltest: page token key: " + err.Error())
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic("portaltest: page token cipher: " + err.Error())
	}
	return pageTokens{aead}
}

func (t pageTokens) nonceSize() int { return t.aead.NonceSize() }

func (t pageTokens) seal(listing string, start int, nonce []byte) string {
	plain := binary.BigEndian.AppendUint64(nil, uint64(start))
	return base64.StdEncoding.EncodeToString(t.aead.Seal(nonce, nonce, plain, []byte(listing)))
}

func (t pageTokens) open(listing, token string) (start int, ok bool) {
	sealed, err := base64.StdEncoding.DecodeString(token)
	if err != nil || len(sealed) < t.nonceSize() {
		return 0, false
	}
	nonce, sealed := sealed[:t.nonceSize()], sealed[t.nonceSize():]
	plain, err := t.aead.Open(nil, nonce, sealed, []byte(listing))
	if err != nil {
		return 0, false
	}
	return int(binary.BigEndian.Uint64(plain)), true
}
