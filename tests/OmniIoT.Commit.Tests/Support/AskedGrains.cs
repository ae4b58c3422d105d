using System.Collections.Concurrent;
using System.Reflection;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Systems;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Catalogs;

namespace OmniIoT.Commit.Tests.Support;

/// <summary>Grains that remember what they were asked, such as <c>customer ann TakeNoticeAsync</c>, and who was merged into whom.</summary>
internal sealed class AskedGrains : IGrains, ICatalog
{
    private readonly ConcurrentQueue<string> _asked = [];
    private readonly ConcurrentQueue<NoticeDue> _notices = [];

    public IEnumerable<string> Asked => _asked;

    /// <summary>In the order in which they were taken.</summary>
    public IEnumerable<NoticeDue> Notices => _notices;

    /// <summary>Whether a question fails; it is not remembered then.</summary>
    public Func<string, bool> Fail { get; set; } = static _ => false;

    public Merges Merges { get; set; } = Merges.None;

    public Knowledge Answers => Knowledge.None;

    public IReadOnlyDictionary<string, Channel> Channels { get; } = new Dictionary<string, Channel>();

    public IReadOnlyDictionary<string, Flow> Flows { get; } = new Dictionary<string, Flow>();

    public IReadOnlyDictionary<string, Webhook> Webhooks { get; } = new Dictionary<string, Webhook>();

    public IReadOnlyDictionary<string, Integration> Integrations { get; } = new Dictionary<string, Integration>();

    public IDeviceGrain Device(string id) => Create<IDeviceGrain>("device " + id);

    public ICustomerGrain Customer(string id) => Create<ICustomerGrain>("customer " + id);

    public ValueTask RefreshAsync(DocumentKind kind, string id, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask RefreshFencesAsync(IReadOnlyCollection<WrittenFence> written, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    public ValueTask RefreshMergesAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private TGrain Create<TGrain>(string name)
        where TGrain : class
    {
        TGrain grain = DispatchProxy.Create<TGrain, Grain>();
        ((Grain)(object)grain).Ask = (method, argument) => Ask(name + " " + method.Name, method.ReturnType, argument);
        return grain;
    }

    private Task Ask(string asked, Type answer, object? argument)
    {
        if (Fail(asked))
            throw new InvalidOperationException("its snapshot cannot be read");
        _asked.Enqueue(asked);
        if (argument is NoticeDue notice)
            _notices.Enqueue(notice);
        return answer == typeof(Task<Reply<Case>>)
            ? Task.FromResult<Reply<Case>>(Rejection.NotFound("Case", "any"))
            : Task.FromResult<Reply<bool>>(true);
    }

#pragma warning disable CA1852 // The proxy derives from it at run time.
    internal class Grain : DispatchProxy
#pragma warning restore CA1852
    {
        public Func<MethodInfo, object?, Task> Ask { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Ask(targetMethod!, args?.FirstOrDefault());
    }
}
