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
    public void Handle(DecisionScope scope, TagSighted sighted)
    {
        ObeyConsent(scope);
        Take(
            scope,
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
    private void ObeyConsent(DecisionScope scope)
    {
        bool? before = state.Facts.WasLocatable;
        if (before == MayBeLocated)
            return;
        state.Facts = state.Facts with { WasLocatable = MayBeLocated };
        if (before is not { } wasLocatable)
            return;
        VisitStep step = tracker.Forget(state.Visits);
        if (wasLocatable)
            foreach (VisitEvent visit in step.Events)
                Record(scope, visit);
        state.Visits = step.State;
    }

    private Refusal? HandleLocation(DecisionScope scope, ReadOnlySpan<byte> payload)
    {
        if (!Payload.TryReadLocation(payload, out Location location, out PayloadProblem? problem))
            return Refusal.From(problem);
        if (scope.Judge(location.At, state.Visits.LastFix?.At, out Instant at) is { } refusal)
            return refusal;
        ObeyConsent(scope);
        LocationFix fix = new(at, scope.Now, new Position(location.LatitudeDegrees, location.LongitudeDegrees), location.AccuracyMeters);
        Take(scope, tracker.OnFix(state.Visits, fix, scope.Catalog.Fences, scope.Catalog.Dwells));
        return null;
    }

    /// <summary>Takes the beacons that are known; a message with any other goes to the dead letters all the same.</summary>
    private Refusal? HandleSightings(DecisionScope scope, ReadOnlySpan<byte> payload)
    {
        SightingBatch batch = scope.SightingBatch;
        if (!batch.TryRead(payload, SightingSource.Phone, out PayloadProblem? problem))
            return Refusal.From(problem);
        List<(string Id, Sighting Sighting, Instant At)> sightings = [];
        foreach (ref readonly Sighting sighting in batch.Sightings)
        {
            if (scope.Judge(sighting.At, newest: null, out Instant at) is { } refusal)
                return refusal;
            sightings.Add((Encoding.UTF8.GetString(batch.Id(in sighting)), sighting, at));
        }
        ObeyConsent(scope);
        List<string> unknown = [];
        foreach ((string id, Sighting sighting, Instant at) in sightings)
        {
            if (scope.Catalog.Beacons.TryGetValue(BeaconId.Canonical(id), out Beacon? beacon))
                Hear(scope, beacon, sighting, at);
            else
                unknown.Add(id);
        }
        return unknown.Count == 0
            ? null
            : new Refusal(DeadLetterReason.UnknownBeacon, "not known: " + string.Join(", ", unknown.Distinct()));
    }

    private void Hear(DecisionScope scope, Beacon beacon, Sighting sighting, Instant at) =>
        Take(
            scope,
            tracker.OnSighting(
                state.Visits,
                new BeaconSighting(at, scope.Now, beacon.Id, beacon.SiteId, sighting.RssiDbm, sighting.TxPowerDbm)
                {
                    IsTimed = sighting.At == at,
                }
            )
        );

    private void Take(DecisionScope scope, VisitStep step)
    {
        state.Visits = step.State;
        foreach (VisitEvent visit in step.Events)
        {
            if (MayBeLocated)
                Record(scope, visit);
            foreach (Campaign campaign in scope.Catalog.Campaigns.Values)
            {
                if (campaign.IsTriggeredBy(visit))
                    _triggered.Add((campaign, visit));
            }
        }
    }

    /// <summary>Who may not be located is judged for campaigns (and refused), but where they are is not written down.</summary>
    private void Record(DecisionScope scope, VisitEvent visit)
    {
        string place = PlaceName(scope.Catalog, visit);
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
            scope.Emit(
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
        TimelineRefs refs = new(SiteId: visit.SiteId, FenceId: visit.FenceId);
        scope.Emit(new AppendTimeline(Entry(scope, kind, "place", TimelineDirection.In, Actor, visit.At, title, Wording.None, refs, data)));
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
