using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Topics;
using OmniIoT.Dialects.Sparkplug.Commands;
using OmniIoT.Dialects.Sparkplug.Nodes;
using OmniIoT.Domain;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

// How commands come to an end: by what nodes and devices report afterwards.
internal sealed partial class NodeLink
{
    /// <summary>The command cannot be said: its grain is told once whoever asks has let go.</summary>
    public void FailLater(LiveTarget target, string commandId, string mistake) =>
        parts.Background.Run(() =>
            AnswerAsync(
                target.Grain,
                commandId,
                new JsonObject { ["status"] = "failed", ["error"] = mistake },
                new Submission(parts.Ingress, Now, parts.Background.Stopping)
            )
        );

    private async ValueTask FinishCommandsAsync(LinkedNode node, EntityId grain, MetricBatch reported, bool isBirth, Submission submission)
    {
        List<(LiveTarget Target, PendingCommand Command)> done = [];
        lock (node.Lock)
        {
            foreach ((LiveTarget target, PendingCommand command) in node.Pending)
            {
                bool isConcerned = target.Grain == grain || (command.AwaitsBirth && grain == NodeGrain);
                if (isConcerned && (command.AwaitsBirth ? isBirth : command.Sees(reported)))
                    done.Add((target, command));
            }
            node.Pending.RemoveAll(done.Contains);
        }
        foreach ((LiveTarget target, PendingCommand command) in done)
            await AnswerAsync(
                target.Grain,
                command.Id,
                new JsonObject { ["status"] = "succeeded", ["result"] = command.Result() },
                submission
            );
    }

    private static ValueTask AnswerAsync(EntityId grain, string commandId, JsonObject answer, Submission submission) =>
        submission.AddAsync(grain, [(PlatformTopics.CommandResponse(grain.Key, commandId), JsonSerializer.SerializeToUtf8Bytes(answer))]);

    // The grain ends them by itself; here they are only forgotten.
    private void ForgetExpired(Instant now)
    {
        foreach (LinkedNode node in _nodes.Values)
            lock (node.Lock)
                node.Pending.RemoveAll(pending => pending.Command.ExpiresAt <= now);
    }
}
