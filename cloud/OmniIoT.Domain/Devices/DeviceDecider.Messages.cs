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
    /// Takes a telemetry message whole or not at all. A point whose number was taken before has no effect; a late one is stored
    /// and moves neither the newest values nor the rules backwards.
    /// </summary>
    private Refusal? HandleTelemetry(DecisionScope scope, ReadOnlySpan<byte> payload)
    {
        TelemetryBatch batch = scope.TelemetryBatch;
        if (!batch.TryRead(payload, _state.Values, out PayloadProblem? problem))
            return Refusal.From(problem);
        foreach (ref readonly TelemetryPoint point in batch.Points)
        {
            if (scope.Judge(point.At, _state.DeviceTime, out _) is { } refusal)
                return refusal;
        }
        scope.NullReadings += batch.NullCount;
        foreach (ref readonly TelemetryPoint point in batch.Points)
            TakePoint(scope, batch, in point);
        return null;
    }

    private void TakePoint(DecisionScope scope, TelemetryBatch batch, in TelemetryPoint point)
    {
        scope.Judge(point.At, _state.DeviceTime, out Instant at);
        if (_state.Sequence.AgeOf(point.Seq, point.At) is { } age && _state.DeviceTime is { } newest)
            at = Instant.Min(at, newest - age);
        if (point.Seq is { } seq && !TryTake(seq, point.At))
            return;
        ReadOnlySpan<TelemetryEntry> entries = batch.Entries(in point);
        scope.Telemetry.AddPoint(point.At ?? scope.Now, point.Seq ?? (point.At is null ? scope.NextArrival() : null), entries.Length);
        foreach (ref readonly TelemetryEntry entry in entries)
        {
            MetricValue value = batch.Value(in entry, _state.Values);
            scope.Telemetry.AddValue(entry.Slot, value);
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
            CheckMaintenance(scope);
        if (_state.Facts.Case is { Status: CaseStatus.Verifying })
            Verify(scope, at, lastAt, wasHealthy);
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
        if (scope.Judge(location.At, _state.DeviceTime, out Instant at) is { } refusal)
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
        if (scope.Judge(deviceEvent.At, _state.DeviceTime, out Instant at) is { } refusal)
            return refusal;
        Observe(scope, at, deviceEvent.Type, deviceEvent.Code, isTimed: deviceEvent.At == at);
        return null;
    }

    /// <summary>A scanner heard tags; their customers are other grains and are told by letter.</summary>
    private Refusal? HandleSightings(DecisionScope scope, ReadOnlySpan<byte> payload)
    {
        SightingBatch batch = scope.SightingBatch;
        if (!batch.TryRead(payload, SightingSource.Scanner, out PayloadProblem? problem))
            return Refusal.From(problem);
        foreach (ref readonly Sighting sighting in batch.Sightings)
        {
            if (scope.Judge(sighting.At, _state.DeviceTime, out _) is { } refusal)
                return refusal;
        }
        Instant newest = scope.Now;
        foreach (ref readonly Sighting sighting in batch.Sightings)
        {
            scope.Judge(sighting.At, _state.DeviceTime, out newest);
            if (_state.Facts.Registration.SiteId is { } site)
                Tell(scope, Encoding.UTF8.GetString(batch.Id(in sighting)), site, newest, sighting);
        }
        Observe(scope, newest);
        return null;
    }

    private void Tell(DecisionScope scope, string tag, string siteId, Instant at, in Sighting sighting) =>
        scope.Emit(
            new Tell(
                new GrainLetter(
                    scope.NewId(),
                    new TagSighted(Id, siteId, tag, at, scope.Now, sighting.RssiDbm) { IsTimed = sighting.At == at }
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
