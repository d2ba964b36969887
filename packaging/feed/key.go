package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"aead.dev/minisign"
	"golang.org/x/term"
)

// The files of a key pair.
const (
	secretFile = "quietline-feed.key"
	publicFile = "quietline-feed.pub"
)

// maxSecret bounds what is read of a key file and of a password, in bytes.
const maxSecret = 4096

// keygen makes a key pair. It never writes over a key: lists that were signed
// with it would lose their owner.
func (t *tool) keygen(folder string) error {
	secret, public := filepath.Join(folder, secretFile), filepath.Join(folder, publicFile)
	for _, path := range []string{secret, public} {
		if _, err := os.Lstat(path); err == nil {
			return fmt.Errorf("%s is there already and is not written over", path)
		}
	}
	password, err := t.password(true)
	if err != nil {
		return err
	}
	pub, key, err := minisign.GenerateKey(nil)
	if err != nil {
		return err
	}
	locked, err := t.encrypt(password, key)
	if err != nil {
		return err
	}
	text, err := pub.MarshalText()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	if err := create(secret, append(locked, '\n'), 0o600); err != nil {
		return err
	}
	if err := create(public, append(text, '\n'), 0o644); err != nil {
		return err
	}
	fmt.Fprintf(t.out, "secret key, keep it and its password apart: %s\npublic key, publish this line: %s\n", secret, pub)
	return nil
}

// create writes a file that is not there yet.
func create(path string, data []byte, mode os.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode) //nolint:gosec // the maintainer names the folder
	if err != nil {
		return err
	}
	_, werr := f.Write(data)
	return errors.Join(werr, f.Close())
}

// unlock reads a secret key. One without a password is refused: whoever finds
// the file could sign.
func (t *tool) unlock(path string) (minisign.PrivateKey, error) {
	f, err := os.Open(path) //nolint:gosec // the maintainer names the file
	if err != nil {
		return minisign.PrivateKey{}, err
	}
	defer func() { _ = f.Close() }() // only read
	data, err := io.ReadAll(io.LimitReader(f, maxSecret))
	if err != nil {
		return minisign.PrivateKey{}, err
	}
	if !minisign.IsEncrypted(data) {
		return minisign.PrivateKey{}, fmt.Errorf("%s is not a minisign secret key with a password", path)
	}
	password, err := t.password(false)
	if err != nil {
		return minisign.PrivateKey{}, err
	}
	key, err := minisign.DecryptKey(password, data)
	if err != nil {
		return minisign.PrivateKey{}, fmt.Errorf("%s does not open with this password, or is damaged", path)
	}
	return key, nil
}

// publicLine is the public key that belongs to a secret one, in one line.
func publicLine(key minisign.PrivateKey) string {
	public, _ := key.Public().(minisign.PublicKey) // it is nothing else
	return public.String()
}

// password takes the password from the environment, from the terminal, where a
// new one is asked for twice, or from the first line of standard input.
func (t *tool) password(isNew bool) (string, error) {
	password := t.getenv("QUIETLINE_FEED_PASSWORD")
	if password == "" {
		var err error
		if password, err = t.ask(isNew); err != nil {
			return "", err
		}
	}
	if password == "" {
		return "", errors.New("the password is empty")
	}
	return password, nil
}

func (t *tool) ask(twice bool) (string, error) {
	f, ok := t.in.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		line, err := bufio.NewReader(io.LimitReader(t.in, maxSecret)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", err
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	var answers [2]string
	for i, prompt := range []string{"Password: ", "Once more: "} {
		if i == 1 && !twice {
			break
		}
		fmt.Fprint(t.errs, prompt)
		line, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(t.errs)
		if err != nil {
			return "", err
		}
		answers[i] = string(line)
	}
	if twice && answers[0] != answers[1] {
		return "", errors.New("the two passwords differ")
	}
	return answers[0], nil
}
