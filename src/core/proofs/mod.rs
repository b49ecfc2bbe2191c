//! Proofs of the signature core: published vectors, the curve's own trap points, and what happens to good tokens and
//! bundles when anything in them changes.

mod bundles;
mod ed25519;
mod tokens;
