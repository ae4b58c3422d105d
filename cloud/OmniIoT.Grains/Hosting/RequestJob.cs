using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;

namespace OmniIoT.Grains.Hosting;

/// <summary>A request and whoever waits for its answer.</summary>
internal sealed class RequestJob<T>(EntityId grain, GrainRequest<T> request) : Job(grain)
{
    private readonly TaskCompletionSource<Reply<T>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Reply<T> _reply;

    /// <summary>The answer, once all it caused is durable.</summary>
    public Task<Reply<T>> Answer => _done.Task;

    public override async ValueTask RunAsync(Activation activation, Turn turn, CancellationToken cancellationToken)
    {
        object reply = activation switch
        {
            DeviceActivation device => await DeviceRequests.AnswerAsync(device, request, turn, cancellationToken),
            CustomerActivation customer => await CustomerRequests.AnswerAsync(customer, request, turn, cancellationToken),
            _ => throw new InvalidOperationException($"{activation.GetType().Name} answers no requests."),
        };
        _reply = reply is Rejection rejection ? rejection : (Reply<T>)reply;
        activation.IsTouched |= _reply.Rejection is null;
    }

    public override void Committed() => _done.TrySetResult(_reply);

    /// <summary>A person waits: better an error now than an answer some time.</summary>
    public override bool Failed(Exception error) => _done.TrySetException(error);
}
