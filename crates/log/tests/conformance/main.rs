//! The contract as checks, and every backend held to all of them.
//!
//! A new backend implements `Backend` (and `Durable`, if it outlives its process) in
//! `backends.rs` and is added at the end of this file.

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod backends;
#[cfg(test)]
mod contract;
#[cfg(test)]
mod durability;
#[cfg(test)]
mod given;
#[cfg(test)]
mod proofs;

/// Makes one test of each check: `suite!(name, Backend, module: check, check, …)`.
#[cfg(test)]
macro_rules! suite {
    ($suite:ident, $backend:ty, $module:ident: $($check:ident),+ $(,)?) => {
        mod $suite {
            use crate::backends::{$backend, Backend};

            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $check() {
                    crate::$module::$check(&<$backend>::fresh()).await;
                }
            )+
        }
    };
}

#[cfg(test)]
macro_rules! contract {
    ($suite:ident, $backend:ty) => {
        suite!(
            $suite, $backend, contract:
            positions_are_gapless_under_concurrency,
            a_stream_grows_from_the_version_the_caller_knew,
            a_version_without_bodies_is_only_insisted_on,
            a_duplicate_gets_the_first_receipt_back,
            a_retry_is_a_duplicate_even_when_its_version_is_stale,
            an_append_over_several_streams_is_all_or_nothing,
            a_stream_named_twice_is_refused,
            an_append_of_nothing_is_refused,
            a_cursor_moves_by_compare_and_swap,
            a_cursor_moves_together_with_the_records_or_not_at_all,
            a_cursor_moves_forward_and_within_the_log,
            what_is_too_large_is_refused,
            the_largest_records_come_back_whole,
            a_record_is_one_json_object_with_its_place_first,
            records_are_read_in_order_up_to_a_limit,
            a_stream_is_read_after_a_version,
            a_stream_is_not_confused_with_one_whose_name_begins_alike,
            a_dropped_callers_append_still_lands,
            the_watch_moves_with_the_head,
            checkpoints_are_kept_in_order_of_size,
            a_checkpoint_beyond_the_log_is_refused,
            a_failed_write_closes_the_log_for_writing_only,
        );
    };
}

#[cfg(test)]
macro_rules! proofs {
    ($suite:ident, $backend:ty) => {
        suite!(
            $suite, $backend, proofs:
            roots_and_proofs_satisfy_another_implementation,
            a_proof_beyond_the_log_is_refused,
            a_true_log_verifies,
            a_false_checkpoint_is_found,
            a_published_checkpoint_of_another_past_is_found,
        );
    };
}

#[cfg(test)]
macro_rules! durability {
    ($suite:ident, $backend:ty) => {
        suite!(
            $suite, $backend, durability:
            what_was_acknowledged_survives_a_power_cut,
            a_write_that_never_began_is_gone_after_a_restart,
            a_write_lost_in_its_sync_is_gone_after_a_restart,
            a_write_that_landed_but_was_reported_failed_is_a_duplicate_after_a_restart,
            an_unacknowledged_write_is_never_shown,
            a_log_that_was_cut_off_goes_on_growing,
        );
    };
}

#[cfg(test)]
contract!(memory_keeps_the_contract, Memory);
#[cfg(test)]
proofs!(memory_proves, Memory);

#[cfg(test)]
contract!(sled_keeps_the_contract, Sled);
#[cfg(test)]
proofs!(sled_proves, Sled);
#[cfg(test)]
durability!(sled_endures, Sled);
