using OmniIoT.Devices.Payloads;
using OmniIoT.Devices.Rules;

namespace OmniIoT.Domain.Decisions;

/// <summary>Buffers that reading and judging messages fills, reused from message to message; nobody finds anything in them.</summary>
internal sealed class DecisionScratch
{
    public TelemetryBatch Telemetry { get; } = new();

    public SightingBatch Sightings { get; } = new();

    /// <summary>What the rules said of the last observation.</summary>
    public List<RuleTransition> Transitions { get; } = [];

    /// <summary>What it made different of what they had said.</summary>
    public List<AlarmCorrection> Corrections { get; } = [];
}
