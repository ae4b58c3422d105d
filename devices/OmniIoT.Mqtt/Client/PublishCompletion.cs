using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Client;

/// <summary>One awaited publish.</summary>
internal sealed class PublishCompletion()
    : TaskCompletionSource<ReasonCode>(TaskCreationOptions.RunContinuationsAsynchronously),
        IPublishObserver
{
    public void OnAcknowledged(ushort packetIdentifier, ReasonCode reasonCode) => TrySetResult(reasonCode);
}
