//! From a command's name and JSON to its handler and back. Both doors go through here.

use serde_json::Value;

use super::contract::*;
use super::failure::Failure;

macro_rules! dispatch {
    ($($(#[$doc:meta])* $name:ident: $request:ty => $reply:ty,)*) => {
        /// The name of every command.
        #[cfg(test)]
        pub(crate) const COMMANDS: &[&str] = &[$(stringify!($name)),*];

        /// One handler for each command of the contract.
        pub trait Handlers {
            /// Refuses a command that cannot be called now.
            ///
            /// # Errors
            /// `training`.
            fn allow(&self, command: &str) -> Result<(), Failure>;

            $(
                $(#[$doc])*
                #[allow(missing_docs)]
                fn $name(&self, request: $request) -> Result<$reply, Failure>;
            )*
        }

        /// Runs the command of that name.
        ///
        /// # Errors
        /// What the handler fails with; `unknown-command`; `bad-request`.
        pub fn dispatch(
            handlers: &impl Handlers,
            command: &str,
            request: Value,
        ) -> Result<Value, Failure> {
            handlers.allow(command)?;
            match command {
                $(
                    stringify!($name) => {
                        let request: $request = serde_json::from_value(request).map_err(bad_request)?;
                        serde_json::to_value(handlers.$name(request)?).map_err(bad_request)
                    }
                )*
                _ => Err(Failure::refused("unknown-command", None, format!("没有“{command}”这个命令"))),
            }
        }
    };
}
with_commands!(dispatch);

pub(super) fn bad_request(error: serde_json::Error) -> Failure {
    Failure::refused("bad-request", None, format!("请求格式不对：{error}"))
}
