//! The From domain's site stands in another network than the machine that the mail came from. Told, not weighed: web and mail seldom
//! share a machine, and most companies let others send. It only shows that the sending machine is not the domain's web server.

use super::world::World;
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let (ip, hop) = world.origin()?;
    world.own_domain().filter(|_| !world.is_proven() && !world.is_sent_by_service(ip, hop))?;
    let domain = scene.from_domain()?;
    let elsewhere = world.leads_elsewhere(domain, ip)?;
    let (web, _) = world.ledger.addresses(domain).into_iter().next()?;
    let ((here, of_origin), (there, of_web)) = (world.network(ip)?, world.network(web.to_canonical())?);
    let (here, there) = (here.holder.as_deref()?, there.holder.as_deref()?);
    let land = |ip| world.country(ip).map_or("?", |(country, _)| country);
    let sign = || Sign::at(hop.span).and(elsewhere).and(of_web).and(of_origin).with("domain", domain);
    (here != there).then(|| {
        let sign = sign().with("ip", ip.to_string()).with("holder", here).with("country", land(ip));
        sign.with("web_holder", there).with("web_country", land(web.to_canonical()))
    })
}
