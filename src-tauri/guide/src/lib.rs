//! The matter guide as a package: check, import, search
