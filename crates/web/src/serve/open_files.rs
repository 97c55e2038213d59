//! How many connections the process may hold, as the system sees it.
//!
//! Each connection is an open file, and many systems allow a process 1,024. The log and the
//! read models must always find a free one, or a flood of connections stops the writing.

use std::fs;

/// What is left to everything that is not a connection, where there is enough.
const RESERVED_FILES: usize = 256;

/// `wanted` connections, or as many as the limit on open files leaves room for.
pub(super) fn connections_at_most(wanted: usize) -> usize {
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    soft_limit(&limits).map_or(wanted, |files| wanted.min(beside_reserve(files))).max(1)
}

fn beside_reserve(files: usize) -> usize {
    files - RESERVED_FILES.min(files / 2)
}

/// The soft limit in Linux's table (`proc_pid_limits(5)`); none if unlimited or not on Linux.
fn soft_limit(limits: &str) -> Option<usize> {
    let files = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    files.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soft_limit_is_the_first_column() {
        let table = "Limit                     Soft Limit           Hard Limit           Units\n\
                     Max open files            1024                 524288               files\n";
        assert_eq!(soft_limit(table), Some(1024));
    }

    #[test]
    fn no_limit_is_read_where_there_is_none() {
        assert_eq!(soft_limit("Max open files            unlimited   unlimited   files"), None);
        assert_eq!(soft_limit(""), None);
    }

    #[test]
    fn files_stay_free_for_the_log() {
        assert_eq!(beside_reserve(1024), 768);
        assert_eq!(beside_reserve(64), 32);
        assert_eq!(beside_reserve(0), 0);
    }
}
