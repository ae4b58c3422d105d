using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Payloads;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Customers;

public sealed partial class CustomerDecider
{
    private readonly List<(Campaign Campaign, VisitEvent Event)> _triggered = [];

    private bool MayBeLocated => Known.Consent.Location;

    /// <summary>Handles a sighting by an in-store scanner, which came as a letter from the scanner's grain.</summary>
    public void Handle(Decision decision, TagSighted sighted)
    {
        ObeyConsent(decision);
        Take(
            decision,
            tracker.OnSighting(
                state.Visits,
                new BeaconSighting(sighted.At, sighted.ReceivedAt, sighted.ScannerId, sighted.SiteId, sighted.RssiDbm, TxPowerDbm: null)
                {
                    IsTimed = sighted.IsTimed,
                }
            )
        );
    }

    /// <summary>
    /// Consent to location begins and ends the knowledge of where somebody is: what was open when it is withdrawn ends there, and
    /// who gives it while inside comes in with the next fix.
    /// </summary>
    private void ObeyConsent(Decision decision)
    {
        ForgetFuture(decision);
        bool? before = state.Facts.WasLocatable;
        if (before == MayBeLocated)
            return;
        state.Facts = state.Facts with { WasLocatable = MayBeLocated };
        if (before is not { } wasLocatable)
            return;
        VisitStep step = tracker.Forget(state.Visits);
        if (wasLocatable)
            foreach (VisitEvent visit in step.Events)
                Record(decision, visit);
        state.Visits = step.State;
    }

    /// <summary>
    /// Where a clock of ours that was far ahead left somebody, everything that comes would be late: that place is forgotten once the clock
    /// is right again, and what was offered then was offered now.
    /// </summary>
    private void ForgetFuture(Decision decision)
    {
        Instant latest = decision.Moment.Latest;
        if (state.Facts.History.Any(offer => offer.SentAt > latest))
            state.Facts = state.Facts with
            {
                History =
                [
                    .. state.Facts.History.Select(offer => offer.SentAt > latest ? offer with { SentAt = decision.Moment.Now } : offer),
                ],
            };
        if (!(state.Visits.LastFix?.At > latest) && !state.Visits.Beacons.Any(beacon => beacon.LastSeenAt > latest))
            return;
        VisitStep step = tracker.Forget(state.Visits);
        foreach (VisitEvent visit in step.Events)
            Record(decision, visit);
        state.Visits = step.State;
    }

    private Refusal? HandleLocation(Decision decision, ReadOnlySpan<byte> payload)
    {
        if (!Payload.TryReadLocation(payload, out Location location, out PayloadProblem? problem))
            return Refusal.From(problem);
        if (decision.Moment.Judge(location.At, state.Visits.LastFix?.At, out Instant at) is { } refusal)
            return refusal;
        ObeyConsent(decision);
        LocationFix fix = new(
            at,
            decision.Moment.Now,
            new Position(location.LatitudeDegrees, location.LongitudeDegrees),
            location.AccuracyMeters
        );
        Take(decision, tracker.OnFix(state.Visits, fix, decision.Moment.Catalog.Fences, decision.Moment.Catalog.Dwells));
        return null;
    }

    /// <summary>Takes the sightings of known beacons at possible times.</summary>
    private Refusal? HandleSightings(DecisionScope scope, ReadOnlySpan<byte> payload)
    {
        SightingBatch batch = scope.Scratch.Sightings;
        if (!batch.TryRead(payload, SightingSource.Phone, out PayloadProblem? problem))
            return Refusal.From(problem);
        ObeyConsent(scope.Decision);
        RefusedParts refused = new();
        refused.Add(batch.Refused, payload);
        ReadOnlySpan<Sighting> sightings = batch.Sightings;
        for (int i = 0; i < sightings.Length; i++)
        {
            string id = Encoding.UTF8.GetString(batch.Id(in sightings[i]));
            if (scope.Moment.Judge(sightings[i].At, newest: null, out Instant at) is { } refusal)
                refused.Add(refusal, batch.Element(payload, i));
            else if (scope.Moment.Catalog.Beacons.TryGetValue(BeaconId.Canonical(id), out Beacon? beacon))
                Hear(scope.Decision, beacon, sightings[i], at);
            else
                refused.Add(new Refusal(DeadLetterReason.UnknownBeacon, "not known: " + id), batch.Element(payload, i));
        }
        return refused.Refusal;
    }

    private void Hear(Decision decision, Beacon beacon, Sighting sighting, Instant at) =>
        Take(
            decision,
            tracker.OnSighting(
                state.Visits,
                new BeaconSighting(at, decision.Moment.Now, beacon.Id, beacon.SiteId, sighting.RssiDbm, sighting.TxPowerDbm)
                {
                    IsTimed = sighting.At == at,
                }
            )
        );

    private void Take(Decision decision, VisitStep step)
    {
        state.Visits = step.State;
        foreach (VisitEvent visit in step.Events)
        {
            if (MayBeLocated)
                Record(decision, visit);
            foreach (Campaign campaign in decision.Moment.Catalog.Campaigns.Values)
            {
                if (campaign.IsTriggeredBy(visit))
                    _triggered.Add((campaign, visit));
            }
        }
    }

    /// <summary>Who may not be located is judged for campaigns (and refused), but where they are is not written down.</summary>
    private void Record(Decision decision, VisitEvent visit)
    {
        string place = PlaceName(decision.Moment.Catalog, visit);
        (string kind, Sentence title) = visit switch
        {
            VisitEntered => (TimelineKind.VisitEntered, Sentence.Of(SentenceKinds.VisitEntered, ("place", place))),
            VisitDwelled { Dwell: var dwell } => (
                TimelineKind.VisitDwelled,
                Sentence.Of(SentenceKinds.VisitDwelled, ("place", place), ("minutes", Minutes(dwell)))
            ),
            VisitExited { Dwell: var dwell } => (
                TimelineKind.VisitExited,
                Sentence.Of(SentenceKinds.VisitExited, ("place", place), ("minutes", Minutes(dwell)))
            ),
            _ => throw new InvalidOperationException($"{visit.GetType().Name} is no event of a visit."),
        };
        if (visit is not VisitDwelled)
        {
            Position? position = visit.FenceId is null ? null : (visit.LateFix ?? state.Visits.LastFix)?.Position;
            decision.Emit(
                new PutVisit(
                    new Visit(visit.VisitId, Id, visit.SiteId, visit.FenceId, visit.BeaconId, visit.EnteredAt, ExitOf(visit))
                    {
                        Lat = position?.LatitudeDegrees,
                        Lon = position?.LongitudeDegrees,
                    }
                )
            );
        }
        JsonObject data = new() { ["visitId"] = visit.VisitId };
        if (visit.BeaconId is { } beacon)
            data["beaconId"] = beacon;
        if (visit is VisitExited left)
            data["dwellSeconds"] = left.Dwell.TotalSeconds;
        TimelineRefs refs = new() { SiteId = visit.SiteId, FenceId = visit.FenceId };
        decision.Append(
            new Happening(kind, Actor, title)
            {
                CustomerId = Id,
                At = visit.At,
                Channel = "place",
                Direction = TimelineDirection.In,
                Refs = refs,
                Data = data,
            }
        );
    }

    private static double Minutes(TimeSpan dwell) => Math.Round(Math.Max(0, dwell.TotalMinutes), 1);

    /// <summary>What becomes known late is over, at least by what is known so far.</summary>
    private static Instant? ExitOf(VisitEvent visit) =>
        visit is VisitExited exit ? exit.ExitedAt
        : visit.LateFix is null ? null
        : visit.EnteredAt;

    private static string PlaceName(Catalog catalog, VisitEvent visit)
    {
        string site = catalog.Sites.GetValueOrDefault(visit.SiteId)?.Name ?? visit.SiteId;
        if (visit.FenceId is { } fenceId)
            return catalog.Fences.TryGet(fenceId, out Fence? fence) && fence.Name != site ? $"{site}, {fence.Name}" : site;
        return
            visit.BeaconId is { } beaconId
            && catalog.Beacons.GetValueOrDefault(beaconId) is { } beacon
            && (beacon.Zone ?? beacon.Name) is { } zone
            ? $"{site}, {zone}"
            : site;
    }
}
