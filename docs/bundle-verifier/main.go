// Verifies a bundle (docs/bundle.md) without the register's software: go run . BUNDLE.zip KEY
package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
)

func main() {
	files := map[string]string{}
	var indexes []uint64
	var documents []string
	archive := must(zip.OpenReader(os.Args[1]))
	for _, file := range archive.File {
		files[file.Name] = string(must(io.ReadAll(must(file.Open()))))
		if name, isProof := strings.CutPrefix(file.Name, "proofs/"); isProof {
			indexes = append(indexes, must(strconv.ParseUint(strings.TrimSuffix(name, ".tlog-proof"), 10, 64)))
		}
		if _, isDocument := strings.CutPrefix(file.Name, "documents/"); isDocument {
			documents = append(documents, file.Name)
		}
	}
	slices.Sort(indexes)
	verifier := must(note.NewVerifier(os.Args[2]))
	checkpoint := strings.Split(must(note.Open([]byte(files["checkpoint"]), note.VerifierList(verifier))).Text, "\n")
	check(checkpoint[0] == verifier.Name(), "the checkpoint is of another log")
	size, root := must(strconv.ParseUint(checkpoint[1], 10, 64)), decoded(checkpoint[2])
	events := strings.Split(strings.TrimSuffix(files["events.jsonl"], "\n"), "\n")
	for _, name := range documents {
		hash := fmt.Sprintf("%x", sha256.Sum256([]byte(files[name])))
		check(name == "documents/"+hash+".pdf" && strings.Contains(files["events.jsonl"], `"sha256":"`+hash+`"`), "no event names "+name)
	}
	if len(documents) > 0 {
		fmt.Printf("%d documents are those that the events name\n", len(documents))
	}
	if len(indexes) == 0 {
		tree := (&compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}).NewEmptyRange(0)
		for _, event := range events {
			must(0, tree.Append(rfc6962.DefaultHasher.HashLeaf([]byte(event)), nil))
		}
		check(tree.End() == size && bytes.Equal(must(tree.GetRootHash(nil)), root), "the events are not the log of the checkpoint")
		fmt.Printf("the %d events are the whole log\n", size)
		return
	}
	check(len(indexes) == len(events), "there is not one proof for each event")
	for line, index := range indexes {
		head, signed, _ := strings.Cut(files[fmt.Sprintf("proofs/%d.tlog-proof", index)], "\n\n")
		lines := strings.Split(head, "\n")
		check(lines[0] == "c2sp.org/tlog-proof@v1" && lines[1] == fmt.Sprintf("index %d", index), "this is no proof of its index")
		check(signed == files["checkpoint"], "a proof is of another checkpoint")
		var hashes [][]byte
		for _, hash := range lines[2:] {
			hashes = append(hashes, decoded(hash))
		}
		leaf := rfc6962.DefaultHasher.HashLeaf([]byte(events[line]))
		must(0, proof.VerifyInclusion(rfc6962.DefaultHasher, index, size, leaf, hashes, root))
	}
	fmt.Printf("%d events stand in the log of %d\n", len(events), size)
}

func decoded(text string) []byte { return must(base64.StdEncoding.DecodeString(text)) }

func must[T any](value T, err error) T {
	check(err == nil, fmt.Sprint(err))
	return value
}

func check(holds bool, fault string) {
	if !holds {
		fmt.Fprintln(os.Stderr, "NOT PROVEN:", fault)
		os.Exit(1)
	}
}
