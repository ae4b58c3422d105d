using OmniIoT.Devices.Topics;
using OmniIoT.Dialects.Makers;
using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects.Sparkplug;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports;

namespace OmniIoT.Gateway.Dialects.Makers;

/// <summary>A message that speaks of devices behind the one that signed in; acknowledged when all it means is durable.</summary>
internal sealed class ChildrenRequest(BridgeLink bridge, LinkParts parts, MakerSpeaker speaker, Meaning meaning, Original original)
    : PendingRequest
{
    public override async ValueTask HandleAsync(Connection connection)
    {
        Submission submission = new(parts.Ingress, parts.Time.Now(), connection.Closing.Token);
        await bridge.InTurnAsync(() => TakeAsync(submission));
        if (original.Qos != QualityOfService.AtMostOnce)
            await parts.Words.AcknowledgeAloneAsync(connection, original.Qos, original.PacketIdentifier, await submission.DurableAsync());
    }

    private async ValueTask TakeAsync(Submission submission)
    {
        foreach (ChildSeen seen in meaning.Children)
            await bridge.SeeAsync(seen.Child, seen.IsThere, submission);
        foreach (NativeMessage message in meaning.Messages)
        {
            if (await GrainOfAsync(message.Child, submission) is { } grain)
                await submission.AddAsync(grain, [(PlatformTopics.Root(grain.Key) + message.Below, message.Payload)]);
            else
                await RefuseAsync(message.Child!, submission);
        }
        foreach (Answer answer in meaning.MayAnswer)
        {
            if (speaker.Settle(answer) is not { } settled || await GrainOfAsync(answer.Child, submission) is not { } grain)
                continue;
            await submission.AddAsync(
                grain,
                [(PlatformTopics.CommandResponse(grain.Key, settled.Command.Id), settled.Result.ToResponse())]
            );
        }
    }

    private async ValueTask<EntityId?> GrainOfAsync(string? child, Submission submission) =>
        child is null ? bridge.Bridge : await bridge.FindAsync(child, submission);

    private ValueTask RefuseAsync(string child, Submission submission) =>
        submission.RefuseAsync(
            bridge.Bridge,
            original.Topic,
            original.Payload,
            new Refusal(DeadLetterReason.WrongShape, $"no device here is '{child}' behind '{bridge.Bridge.Key}'")
        );
}
