using OmniIoT.Gateway.Options;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Incoming;

/// <summary>Takes batches to where they become durable.</summary>
internal sealed class BatchSubmitter(MqttGatewayOptions options, IIngress ingress, SessionCommits commits)
{
    /// <summary>
    /// Hands the batch on; it completes itself once it is durable. Waits while the way is full, so that a reader that awaits it
    /// slows its client down.
    /// </summary>
    /// <param name="mustFollow">Whether an earlier batch of the connection is still on its way, which this one must not overtake.</param>
    public ValueTask SubmitAsync(PublishBatch batch, bool mustFollow, CancellationToken cancellationToken)
    {
        if (batch.Inbound.Source is null)
            throw new InvalidOperationException("The batch was not opened.");
        bool toGrains = !options.AllowAnonymous && (batch.Inbound.Count > 0 || mustFollow || batch.FollowsOthers);
        return toGrains ? SubmitToGrainsAsync(batch, cancellationToken) : CommitAsync(batch, cancellationToken);
    }

    /// <summary>Commits a batch that no grain is to see.</summary>
    public ValueTask CommitAsync(PublishBatch batch, CancellationToken cancellationToken)
    {
        if (batch.HasEffects)
            return CommitEffectsAsync(batch, cancellationToken);
        batch.Complete();
        return ValueTask.CompletedTask;
    }

    private ValueTask SubmitToGrainsAsync(PublishBatch batch, CancellationToken cancellationToken)
    {
        batch.Inbound.BeginTrace();
        ValueTask submission = ingress.SubmitAsync(batch.Inbound, cancellationToken);
        return submission.IsCompletedSuccessfully ? submission : AwaitSubmissionAsync(submission, batch);
    }

    private static async ValueTask AwaitSubmissionAsync(ValueTask submission, PublishBatch batch)
    {
        try
        {
            await submission;
        }
        catch
        {
            batch.Abandon();
            throw;
        }
    }

    private async ValueTask CommitEffectsAsync(PublishBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            await commits.CommitAsync(batch.Effects, cancellationToken);
        }
        catch
        {
            batch.Abandon();
            throw;
        }
        batch.Complete();
    }
}
