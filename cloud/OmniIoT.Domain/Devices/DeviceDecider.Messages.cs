using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Payloads;
using OmniIoT.Devices.Time;
using OmniIoT.Devices.Twins;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Devices;

public sealed partial class DeviceDecider
{
    /// <summary>
    /// Takes every point that is understood and whose time can be. One whose number was taken before has no effect; a late one is stored
    /// and moves neither the newest values nor the rules backwards.
    /// </summary>
    private Refusal? HandleTelemetry(DecisionScope scope, ReadOnlySpan<byte> payload)
    {
        TelemetryBatch batch = scope.Scratch.Telemetry;
        if (!batch.TryRead(payload, _state.Values, out PayloadProblem? problem))
            return Refusal.From(problem);
        RefusedParts refused = new();
        refused.Add(batch.Refused, payload);
        scope.Decision.NullReadings += batch.NullCount;
        ReadOnlySpan<TelemetryPoint> points = batch.Points;
        for (int i = 0; i < points.Length; i++)
        {
            if (scope.Moment.Judge(points[i].At, _state.DeviceTime, out _) is { } refusal)
                refused.Add(refusal, batch.Element(payload, i));
            else
                TakePoint(scope, batch, in points[i]);
        }
        return refused.Refusal;
    }

    private void TakePoint(DecisionScope scope, TelemetryBatch batch, in TelemetryPoint point)
    {
        scope.Moment.Judge(point.At, _state.DeviceTime, out Instant at);
        if (_state.Sequence.AgeOf(point.Seq, point.At) is { } age && _state.DeviceTime is { } newest)
            at = Instant.Min(at, newest - age);
        if (point.Seq is { } seq && !TryTake(seq, point.At))
            return;
        ReadOnlySpan<TelemetryEntry> entries = batch.Entries(in point);
        scope.Decision.Telemetry.AddPoint(
            point.At ?? scope.Moment.Now,
            point.Seq ?? (point.At is null ? scope.Moment.NextArrival() : null),
            entries.Length
        );
        foreach (ref readonly TelemetryEntry entry in entries)
        {
            MetricValue value = batch.Value(in entry, _state.Values);
            scope.Decision.Telemetry.AddValue(entry.Slot, value);
            _state.Model!.RuleSet.TakeReading(_state.Rules!, entry.Slot, in value, at, replaces: point.At == at);
        }
        (Instant? lastAt, bool wasHealthy) = (
            _state.Facts.Case is null ? null : _state.Values.NewestAt,
            _state.Facts.HealthySince is not null
        );
        if (_state.Facts.Maintenance.Count > 0)
            CarryUse(entries, at);
        batch.Apply(in point, _state.Values, at);
        Observe(scope, at);
        if (_state.Facts.Maintenance.Count > 0)
            CheckMaintenance(scope.Decision);
        if (_state.Facts.Case is { Status: CaseStatus.Verifying })
            Verify(scope.Decision, at, lastAt, wasHealthy);
    }

    private bool TryTake(long seq, Instant? sentAt)
    {
        SequenceWindow window = _state.Sequence;
        bool taken = window.TryTake(seq, sentAt);
        _state.Sequence = window;
        return taken;
    }

    private Refusal? HandleLocation(DecisionScope scope, ReadOnlySpan<byte> payload)
    {
        if (!Payload.TryReadLocation(payload, out Location location, out PayloadProblem? problem))
            return Refusal.From(problem);
        if (scope.Moment.Judge(location.At, _state.DeviceTime, out Instant at) is { } refusal)
            return refusal;
        if (_state.Location is not { } known || at >= known.At)
            _state.Location = new TwinLocation(location.LatitudeDegrees, location.LongitudeDegrees, location.AccuracyMeters, at);
        Observe(scope, at);
        return null;
    }

    private Refusal? HandleEvent(DecisionScope scope, ReadOnlySpan<byte> payload)
    {
        if (!Payload.TryReadEvent(payload, out DeviceEvent deviceEvent, out PayloadProblem? problem))
            return Refusal.From(problem);
        if (scope.Moment.Judge(deviceEvent.At, _state.DeviceTime, out Instant at) is { } refusal)
            return refusal;
        Observe(scope, at, deviceEvent.Type, deviceEvent.Code, isTimed: deviceEvent.At == at);
        return null;
    }

    /// <summary>A scanner heard tags; their customers are other grains and are told by letter.</summary>
    private Refusal? HandleSightings(DecisionScope scope, ReadOnlySpan<byte> payload)
    {
        SightingBatch batch = scope.Scratch.Sightings;
        if (!batch.TryRead(payload, SightingSource.Scanner, out PayloadProblem? problem))
            return Refusal.From(problem);
        RefusedParts refused = new();
        refused.Add(batch.Refused, payload);
        Instant? newest = null;
        ReadOnlySpan<Sighting> sightings = batch.Sightings;
        for (int i = 0; i < sightings.Length; i++)
        {
            if (scope.Moment.Judge(sightings[i].At, _state.DeviceTime, out Instant at) is { } refusal)
            {
                refused.Add(refusal, batch.Element(payload, i));
                continue;
            }
            newest = at;
            if (_state.Facts.Registration.SiteId is { } site)
                Tell(scope.Decision, Encoding.UTF8.GetString(batch.Id(in sightings[i])), site, at, sightings[i]);
        }
        if (newest is not null || sightings.IsEmpty)
            Observe(scope, newest ?? scope.Moment.Now);
        return refused.Refusal;
    }

    private void Tell(Decision decision, string tag, string siteId, Instant at, in Sighting sighting) =>
        decision.Emit(
            new Tell(
                new GrainLetter(
                    decision.Moment.NewId(),
                    new TagSighted(Id, siteId, tag, at, decision.Moment.Now, sighting.RssiDbm) { IsTimed = sighting.At == at }
                )
            )
        );

    private Refusal? HandleReported(DecisionScope scope, ReadOnlySpan<byte> payload)
    {
        if (!Payload.TryReadPatch(payload, out JsonObject? patch, out PayloadProblem? problem))
            return Refusal.From(problem);
        return TryReport(scope, patch, out MergePatchRefusal refusal) ? null : new Refusal(DeadLetterReason.WrongShape, Explain(refusal));
    }

    private bool TryReport(DecisionScope scope, JsonObject patch, out MergePatchRefusal refusal)
    {
        if (MergePatch.Apply(_state.Facts.Reported, patch, out refusal) is not { } merged)
            return false;
        _state.Facts = _state.Facts with { Reported = merged, ReportedVersion = _state.Facts.ReportedVersion + 1 };
        _state.TellReported();
        ObserveUntimed(scope);
        return true;
    }

    private static string Explain(MergePatchRefusal refusal) =>
        refusal is MergePatchRefusal.TooDeep
            ? $"the properties would be nested deeper than {MergePatch.MaxDepth} levels"
            : $"the properties would be larger than {MergePatch.MaxBytes} bytes";
}
