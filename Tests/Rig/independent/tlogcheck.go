// tlogcheck verifies a C2SP tlog-proof with the Go project's own note and tlog packages.
//
//	tlogcheck VKEY ENTRY-FILE PROOF-FILE
//
// Built against Debian's golang-golang-x-mod-dev; shares no code with the gateway.
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(ok bool, what string, err error) {
	if !ok || err != nil {
		fmt.Fprintln(os.Stderr, "refused:", what, err)
		os.Exit(1)
	}
}

func main() {
	verifier, err := note.NewVerifier(os.Args[1])
	must(true, "vkey", err)
	entry, err := os.ReadFile(os.Args[2])
	must(true, "entry", err)
	proof, err := os.ReadFile(os.Args[3])
	must(true, "proof", err)

	head, checkpoint, found := strings.Cut(string(proof), "\n\n")
	lines := strings.Split(head, "\n")
	must(found && len(lines) >= 2 && lines[0] == "c2sp.org/tlog-proof@v1", "first line", nil)
	must(strings.HasPrefix(lines[1], "index "), "index line", nil)
	index, err := strconv.ParseInt(lines[1][len("index "):], 10, 64)
	must(true, "index", err)
	var hashes tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		must(true, "hash", err)
		hashes = append(hashes, hash)
	}

	signed, err := note.Open([]byte(checkpoint), note.VerifierList(verifier))
	must(true, "checkpoint", err)
	fields := strings.Split(signed.Text, "\n")
	must(len(fields) == 4 && fields[0] == verifier.Name() && fields[3] == "", "checkpoint text", nil)
	size, err := strconv.ParseInt(fields[1], 10, 64)
	must(true, "size", err)
	bytes, err := base64.StdEncoding.DecodeString(fields[2])
	must(len(bytes) == tlog.HashSize, "root", err)
	var root tlog.Hash
	copy(root[:], bytes)
	err = tlog.CheckRecord(hashes, size, root, index, tlog.RecordHash(entry))
	must(true, "inclusion", err)
	fmt.Println("verified: entry", index, "of", size, "in", verifier.Name())
}
