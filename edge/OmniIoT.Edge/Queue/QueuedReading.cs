using OmniIoT.Devices.Time;

namespace OmniIoT.Edge.Queue;

/// <param name="Seq">Rises strictly with every reading of this device, over restarts too.</param>
/// <param name="Values">The JSON object of the values.</param>
public sealed record QueuedReading(long Seq, Instant At, byte[] Values);
