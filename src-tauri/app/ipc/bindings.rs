//! The TypeScript of the contract, in one file: `ui/src/api/bindings.ts`. A test keeps the file
//! up to date; `cargo xtask bindings` writes it.

use std::any::TypeId;
use std::collections::BTreeMap;

use ts_rs::{Config, TS, TypeVisitor};

use super::contract::*;

/// Collects the declarations of every type a command touches.
struct Collector {
    config: Config,
    seen: Vec<TypeId>,
    declarations: BTreeMap<String, String>,
}

impl TypeVisitor for Collector {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if self.seen.contains(&TypeId::of::<T>()) {
            return;
        }
        self.seen.push(TypeId::of::<T>());
        if T::output_path().is_some() {
            let declaration = format!("export {}", T::decl(&self.config));
            self.declarations.insert(T::ident(&self.config), declaration);
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

macro_rules! render {
    ($($(#[$doc:meta])* $name:ident: $request:ty => $reply:ty,)*) => {
        /// The whole file.
        pub fn render() -> String {
            let config = Config::new().with_large_int("number");
            let mut all = Collector { config, seen: Vec::new(), declarations: BTreeMap::new() };
            let mut commands = String::new();
            $(
                all.visit::<$request>();
                all.visit::<$reply>();
                commands.push_str(&format!(
                    "  {}: [{}, {}];\n",
                    stringify!($name),
                    <$request as TS>::name(&all.config),
                    <$reply as TS>::name(&all.config),
                ));
            )*
            all.visit::<AddScan>();
            all.visit::<ScanOnly>();
            let types: Vec<_> = all.declarations.into_values().collect();
            format!(
                "// Made by `cargo xtask bindings` from src-tauri/app/ipc/contract.rs. Do not edit.\n\n{}\n\n\
                 /** Every command: what it takes, what it answers. */\nexport interface Commands {{\n{commands}}}\n\n\
                 /** Files sent up: the request beside the bytes, and the answer. */\nexport interface Uploads {{\n  add_scan: [AddScan, Array<ScanView>];\n  ferry_answer: [Nothing, FerryTaken];\n}}\n\n\
                 /** Files that come down: the request; the answer is the bytes. */\nexport interface Downloads {{\n  scan: ScanOnly;\n}}\n",
                types.join("\n\n"),
            )
        }
    };
}
with_commands!(render);

#[cfg(test)]
mod tests {
    use super::render;

    /// Set by `cargo xtask bindings` to write instead of compare.
    const WRITE: &str = "YICHUANG_WRITE_BINDINGS";

    #[test]
    fn the_committed_bindings_are_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/api/bindings.ts");
        if std::env::var_os(WRITE).is_some() {
            std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/api")).unwrap();
            std::fs::write(path, render()).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            committed == render(),
            "ui/src/api/bindings.ts is stale: run `cargo xtask bindings`"
        );
    }
}
