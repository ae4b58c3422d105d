using System.Collections.Concurrent;
using OmniIoT.Domain.Answers.Models;
using OmniIoT.Domain.Delivery;
using OmniIoT.Ports.Desk;

namespace OmniIoT.Commit.Tests.Support;

/// <summary>Remembers what was to be done.</summary>
internal sealed class AskedActions : IDeskActions
{
    private readonly ConcurrentQueue<ActionsDue> _done = [];

    private readonly ConcurrentQueue<LetterContent> _told = [];

    public IReadOnlyCollection<ActionsDue> Done => _done;

    public IReadOnlyCollection<LetterContent> Told => _told;

    public Task TellAsync(CaseEnded ended, CancellationToken cancellationToken)
    {
        _told.Enqueue(ended);
        return Task.CompletedTask;
    }

    public Task TellAsync(CallBackHandedOn handed, CancellationToken cancellationToken)
    {
        _told.Enqueue(handed);
        return Task.CompletedTask;
    }

    public Task AskAsync(ModelAsked asked, CancellationToken cancellationToken)
    {
        _told.Enqueue(asked);
        return Task.CompletedTask;
    }

    public Task DoAsync(ActionsDue due, CancellationToken cancellationToken)
    {
        _done.Enqueue(due);
        return Task.CompletedTask;
    }
}
