import Custody
import Tips

/// libFuzzer's entry point: what parses as a proof of inclusion is written again as the same bytes
/// (without the `extra` line of another writer) and is checked without a trap; it proves nothing
/// about a log that did not sign it.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    guard let proof = try? UnverifiedLogProof(input) else { return 0 }
    precondition(size <= UnverifiedLogProof.maximumByteCount, "it is too long")
    precondition(proof.inclusion.hashes.count <= InclusionProof.maximumHashCount, "hashes")
    let lines = input.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
    let hasExtra = lines[1].starts(with: "extra ".utf8)
    precondition(hasExtra || proof.bytes == input, "another form was accepted")
    let again = try? UnverifiedLogProof(proof.bytes)
    precondition(again == proof, "what was written reads otherwise")
    let claim = proof.checkpoint.claim
    let leaf = TreeHash.leaf([UInt8](repeating: 0, count: 32))
    let isIncluded = proof.inclusion.verifies(
        leafHash: leaf, index: proof.index, size: claim.size, root: claim.root)
    precondition(!isIncluded || proof.index < claim.size, "a leaf outside of the tree")
    let consistency = ConsistencyProof(hashes: proof.inclusion.hashes)
    let isConsistent = consistency.verifies(
        first: proof.index, firstRoot: leaf, second: claim.size, secondRoot: claim.root)
    precondition(!isConsistent || proof.index <= claim.size, "a tree that shrank")
    guard let key = VerifyingKey([UInt8](repeating: 3, count: 32)) else { return 0 }
    let log = LogPolicy(log: NoteVerifier(name: claim.origin, key: key))
    precondition((try? proof.verified(entry: [], by: log)) == nil, "a proof nobody signed")
    return 0
}
