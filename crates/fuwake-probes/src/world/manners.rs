//! How each service is asked: so many questions at once, so many a second, again after a while where it failed.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep_until, timeout};

use super::Fault;

/// How long a service is left alone that says "too many questions" and not for how long.
const PAUSE: Duration = Duration::from_secs(60);
/// The longest that it is left alone, whatever it says.
const LONGEST: Duration = Duration::from_secs(900);
/// The longest pause that a question waits out; with a longer one it has no answer.
const BEARABLE: Duration = Duration::from_secs(5);

/// So many questions in a row that a service does not answer at all show that it is down.
const SILENCES: u32 = 3;
/// How long nobody waits for a service that is down.
const DOWN: Duration = Duration::from_secs(30);

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
    /// Until when the service is left alone.
    pause: Mutex<Option<Instant>>,
    silence: Mutex<Silence>,
}

/// How a service that answers nobody was last found.
#[derive(Debug, Default)]
struct Silence {
    /// Questions in a row without an answer.
    questions: u32,
    /// Until when it counts as down, and why.
    down: Option<(Instant, Fault)>,
}

impl Queue {
    /// Why the service counts as down.
    fn down(&self) -> Result<(), Fault> {
        let silence = self.silence.lock().unwrap_or_else(PoisonError::into_inner);
        match &silence.down {
            Some((until, fault)) if *until > Instant::now() => Err(fault.clone()),
            _ => Ok(()),
        }
    }

    /// Remembers whether the service answered.
    fn remember<T>(&self, result: &Result<T, Fault>) {
        let mut silence = self.silence.lock().unwrap_or_else(PoisonError::into_inner);
        match result {
            Err(fault @ (Fault::Unreachable | Fault::TimeOut)) => {
                silence.questions += 1;
                let is_down = silence.questions >= SILENCES;
                silence.down = is_down.then(|| (Instant::now() + DOWN, fault.clone()));
            }
            _ => *silence = Silence::default(),
        }
    }

    /// Waits out a short pause.
    ///
    /// # Errors
    /// The pause is a long one.
    async fn wait(&self) -> Result<(), Fault> {
        let until = *self.pause.lock().unwrap_or_else(PoisonError::into_inner);
        let left = until.map_or(Duration::ZERO, |until| until.duration_since(Instant::now()));
        if left > BEARABLE {
            return Err(Fault::RateLimited(Some(left)));
        }
        if let Some(until) = until {
            sleep_until(until).await;
        }
        self.pace.until_ready().await;
        Ok(())
    }

    /// Leaves the service alone as it wants: whoever asks next waits as well. A pause is never shortened.
    fn leave_alone(&self, wanted: Option<Duration>) {
        let until = Instant::now() + wanted.unwrap_or(PAUSE).min(LONGEST);
        let mut pause = self.pause.lock().unwrap_or_else(PoisonError::into_inner);
        *pause = (*pause).max(Some(until));
    }
}

impl Manners {
    /// Nobody was asked yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks `service` as its rule says: waits for a seat and for its pace, bounds each try, tries again what may pass. Who says that he was
    /// asked too much is left alone: nobody asks again before the time that he names, or a minute. For a service that is tried again and
    /// still answers nobody, others do not wait either.
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
        queue.down()?;
        let Ok(_seat) = queue.seats.acquire().await else { return Err(Fault::Unreachable) };
        queue.down()?;
        let mut one = || {
            let trying = attempt();
            let queue = &queue;
            async move {
                queue.wait().await?;
                let result = timeout(rule.time_out, trying).await.unwrap_or(Err(Fault::TimeOut));
                if let Err(Fault::RateLimited(wanted)) = &result {
                    queue.leave_alone(*wanted);
                }
                result
            }
        };
        let pauses = ExponentialBuilder::default()
            .with_jitter()
            .with_min_delay(Duration::from_millis(200))
            .with_max_delay(Duration::from_secs(5))
            .with_max_times(rule.retries);
        let result = (move || one()).retry(pauses).when(Fault::may_pass).await;
        // A resolver is silent on one name and not on the next: it is tried once, and no judge of what it leads to.
        if rule.retries > 0 {
            queue.remember(&result);
        }
        result
    }

    /// Leaves a service alone that said otherwise than by a fault that it was asked too much.
    pub fn leave_alone(&self, service: &str, wanted: Option<Duration>) {
        let services = self.services.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(queue) = services.get(service) {
            queue.leave_alone(wanted);
        }
    }

    fn queue(&self, service: &str, rule: Rule) -> Arc<Queue> {
        let mut services = self.services.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = services.entry(service.to_owned()).or_insert_with(|| {
            let pace = NonZeroU32::new(rule.per_second).unwrap_or(NonZeroU32::MIN);
            Arc::new(Queue {
                seats: Semaphore::new(rule.at_once.max(1)),
                pace: RateLimiter::direct(Quota::per_second(pace)),
                pause: Mutex::new(None),
                silence: Mutex::default(),
            })
        });
        Arc::clone(queue)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    const RULE: Rule = Rule { at_once: 2, per_second: 100, time_out: Duration::from_secs(1), retries: 2 };

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_a_service_that_is_down() {
        let (manners, asked) = (Manners::new(), AtomicUsize::new(0));
        let asked = &asked;
        let refused = || async move {
            asked.fetch_add(1, Ordering::SeqCst);
            Err::<(), _>(Fault::Unreachable)
        };
        let once = Rule { retries: 0, ..RULE };
        for _ in 0..10 {
            assert_eq!(manners.ask("a", RULE, refused).await, Err(Fault::Unreachable));
            assert_eq!(manners.ask("b", once, refused).await, Err(Fault::Unreachable));
        }
        assert_eq!(
            asked.load(Ordering::SeqCst),
            3 * 3 + 10,
            "three questions, each tried three times; and ten"
        );
        tokio::time::advance(DOWN).await;
        assert_eq!(manners.ask("a", RULE, || async { Ok(7) }).await, Ok(7));
        let _ = manners.ask("a", RULE, refused).await;
        assert_eq!(manners.ask("a", RULE, || async { Ok(7) }).await, Ok(7), "it is counted anew");
    }

    #[tokio::test(start_paused = true)]
    async fn who_was_asked_too_much_is_left_alone_as_long_as_he_wants() {
        let (manners, asked) = (Manners::new(), AtomicUsize::new(0));
        let asked = &asked;
        let limited = |wanted| async move {
            asked.fetch_add(1, Ordering::SeqCst);
            Err::<(), _>(Fault::RateLimited(wanted))
        };
        let often = || asked.swap(0, Ordering::SeqCst);
        let first = manners.ask("a", RULE, || limited(None)).await;
        assert_eq!((first, often()), (Err(Fault::RateLimited(None)), 1), "not tried again at once");
        let second = manners.ask("a", RULE, || limited(None)).await;
        assert!(matches!(second, Err(Fault::RateLimited(Some(_)))) && often() == 0, "nor by another mail");
        let other = manners.ask("b", RULE, || limited(Some(Duration::from_secs(3)))).await;
        assert_eq!((other.is_err(), often()), (true, 1), "another service is asked");
        let before = Instant::now();
        let answer = manners.ask("b", RULE, || async { Ok(7) }).await;
        assert_eq!(answer, Ok(7));
        assert!(before.elapsed() >= Duration::from_secs(3), "a short pause is waited out");
        tokio::time::advance(PAUSE).await;
        assert_eq!(manners.ask("a", RULE, || async { Ok(7) }).await, Ok(7));
        let _ = manners.ask("a", RULE, || limited(Some(Duration::from_secs(1 << 40)))).await;
        tokio::time::advance(LONGEST).await;
        assert_eq!(manners.ask("a", RULE, || async { Ok(7) }).await, Ok(7), "no pause is for ever");
    }
}
