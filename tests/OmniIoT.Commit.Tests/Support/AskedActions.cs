using System.Collections.Concurrent;
using OmniIoT.Domain.Delivery;
using OmniIoT.Ports.Desk;

namespace OmniIoT.Commit.Tests.Support;

/// <summary>Remembers what was to be done.</summary>
internal sealed class AskedActions : IDeskActions
{
    private readonly ConcurrentQueue<ActionsDue> _done = [];

    public IReadOnlyCollection<ActionsDue> Done => _done;

    public Task DoAsync(ActionsDue due, CancellationToken cancellationToken)
    {
        _done.Enqueue(due);
        return Task.CompletedTask;
    }
}
