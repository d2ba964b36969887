package custody

import (
	"bufio"
	"errors"
	"io"
	"unicode/utf8"

	"filippo.io/age"

	"quietline/internal/domain"
)

const (
	// ageIntro begins every file that age has encrypted.
	ageIntro = "age-encryption.org/v1\n"
	// workFactor is the strength of the passphrase's key derivation, as age
	// itself has it; maxWork what a foreign file may ask for: 1 GiB of memory.
	workFactor = 18
	maxWork    = 20
	// shortest is how many characters a passphrase has at least.
	shortest = 8
)

// CheckPassphrase fails with Invalid "backup.passphrase_short".
func CheckPassphrase(passphrase string) error {
	if utf8.RuneCountInString(passphrase) < shortest {
		return domain.E("custody.CheckPassphrase", domain.Invalid, "backup.passphrase_short", domain.Args{"Min": shortest}, nil).At("/passphrase")
	}
	return nil
}

// encrypt gives a writer whose contents only the passphrase opens; it must be
// closed.
func encrypt(to io.Writer, passphrase string, work int) (io.WriteCloser, error) {
	r, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, err
	}
	r.SetWorkFactor(work)
	return age.Encrypt(to, r)
}

// decrypt gives what is in a backup, encrypted or not.
func decrypt(from io.Reader, passphrase string) (io.Reader, error) {
	const op = "custody.decrypt"
	b := bufio.NewReaderSize(from, 1<<16)
	intro, _ := b.Peek(len(ageIntro)) // less is no intro
	if string(intro) != ageIntro {
		return b, nil
	}
	if passphrase == "" {
		return nil, domain.E(op, domain.Invalid, "backup.passphrase_needed", nil, nil).At("/passphrase")
	}
	id, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, err
	}
	id.SetMaxWorkFactor(maxWork)
	r, err := age.Decrypt(b, id)
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &none) && errors.Is(err, age.ErrIncorrectIdentity):
		return nil, domain.E(op, domain.Invalid, "backup.passphrase_wrong", nil, nil).At("/passphrase")
	case err != nil:
		return nil, errors.Join(errBad, err)
	}
	return r, nil
}

// Encrypted says whether the beginning of a file is that of an encrypted one.
func Encrypted(begin []byte) bool {
	return len(begin) >= len(ageIntro) && string(begin[:len(ageIntro)]) == ageIntro
}
