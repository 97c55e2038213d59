//! What a process asked of the system, in order, as `strace -f -yy` writes it.

use std::collections::HashMap;

/// One call, from when it was made to when it returned, counted in lines of the trace.
#[derive(Debug, PartialEq, Eq)]
pub struct Call {
    /// Its name.
    pub name: String,
    /// Its arguments, as far as they were known when it was made.
    pub arguments: String,
    /// Where it was made.
    pub made: usize,
    /// Where it returned.
    pub returned: usize,
}

impl Call {
    /// Whether its first argument is a file whose path ends so.
    #[must_use]
    pub fn is_on(&self, path: &str) -> bool {
        let file = self.arguments.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
        file.is_some_and(|(file, _)| file.ends_with(path))
    }

    /// Whether it writes to a file or a connection.
    #[must_use]
    pub fn is_write(&self) -> bool {
        ["write", "pwrite64", "writev", "pwritev", "sendto", "sendmsg"].contains(&&*self.name)
    }

    /// Whether it waits until a file is on disk.
    #[must_use]
    pub fn is_sync(&self) -> bool {
        ["fsync", "fdatasync"].contains(&&*self.name)
    }
}

/// Every call that returned.
#[must_use]
pub fn read(trace: &str) -> Vec<Call> {
    let mut calls = Vec::new();
    let mut unfinished: HashMap<&str, Call> = HashMap::new();
    for (line, text) in trace.lines().enumerate() {
        let Some((thread, what)) = thread_and_what(text) else { continue };
        if what.starts_with("<... ") {
            if let Some(call) = unfinished.remove(thread) {
                calls.push(Call { returned: line, ..call });
            }
        } else if let Some((name, arguments)) = what.split_once('(') {
            let (name, arguments) = (name.to_owned(), arguments.to_owned());
            let goes_on = arguments.ends_with("<unfinished ...>");
            let call = Call { name, arguments, made: line, returned: line };
            if goes_on {
                unfinished.insert(thread, call);
            } else {
                calls.push(call);
            }
        }
    }
    calls
}

/// Of `4711  10:00:00.000000 fdatasync(12</path>) = 0`, the number and the call.
fn thread_and_what(line: &str) -> Option<(&str, &str)> {
    let (thread, rest) = line.split_once(' ')?;
    let (_, what) = rest.trim_start().split_once(' ')?;
    Some((thread, what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_that_was_interrupted_returns_where_it_was_resumed() {
        let trace = "\
7  10:00:00.000001 fdatasync(5</d/log/db> <unfinished ...>
8  10:00:00.000002 write(9<TCP:[127.0.0.1:1->127.0.0.1:2]>, \"HTTP\", 4) = 4
7  10:00:00.000003 <... fdatasync resumed>) = 0
";
        let calls = read(trace);
        assert_eq!((calls[0].made, calls[0].returned), (1, 1));
        assert_eq!((calls[1].made, calls[1].returned), (0, 2));
        assert!(calls[0].is_write() && !calls[0].is_on("/log/db"));
        assert!(calls[1].is_sync() && calls[1].is_on("/log/db"));
    }
}
