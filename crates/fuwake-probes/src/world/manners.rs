//! How each service is asked: so many questions at once, so many a second, again after a while where it failed.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::Fault;

/// How a service wants to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Questions at once.
    pub at_once: usize,
    /// Questions a second, at most.
    pub per_second: u32,
    /// How long one try may take.
    pub time_out: Duration,
    /// How often it is tried again.
    pub retries: usize,
}

/// Keeps to the rules of all services, whatever mail asks.
#[derive(Debug, Default)]
pub struct Manners {
    services: Mutex<HashMap<String, Arc<Queue>>>,
}

#[derive(Debug)]
struct Queue {
    seats: Semaphore,
    pace: DefaultDirectRateLimiter,
}

impl Manners {
    /// Nobody was asked yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks `service` as its rule says: waits for a seat and for its pace, bounds each try, tries again what may pass.
    ///
    /// # Errors
    /// The fault of the last try.
    pub async fn ask<T, F: Future<Output = Result<T, Fault>>>(
        &self,
        service: &str,
        rule: Rule,
        mut attempt: impl FnMut() -> F,
    ) -> Result<T, Fault> {
        let queue = self.queue(service, rule);
        let Ok(_seat) = queue.seats.acquire().await else { return Err(Fault::Unreachable) };
        let mut one = || {
            let trying = attempt();
            let pace = &queue.pace;
            async move {
                pace.until_ready().await;
                timeout(rule.time_out, trying).await.unwrap_or(Err(Fault::TimeOut))
            }
        };
        let pauses = ExponentialBuilder::default()
            .with_jitter()
            .with_min_delay(Duration::from_millis(200))
            .with_max_delay(Duration::from_secs(5))
            .with_max_times(rule.retries);
        (move || one()).retry(pauses).when(Fault::may_pass).await
    }

    fn queue(&self, service: &str, rule: Rule) -> Arc<Queue> {
        let mut services = self.services.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = services.entry(service.to_owned()).or_insert_with(|| {
            let pace = NonZeroU32::new(rule.per_second).unwrap_or(NonZeroU32::MIN);
            Arc::new(Queue {
                seats: Semaphore::new(rule.at_once.max(1)),
                pace: RateLimiter::direct(Quota::per_second(pace)),
            })
        });
        Arc::clone(queue)
    }
}
