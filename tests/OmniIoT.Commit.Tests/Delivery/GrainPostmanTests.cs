using System.Reflection;
using System.Text.Json.Nodes;
using OmniIoT.Commit.Delivery;
using OmniIoT.Commit.Tests.Support;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Systems;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Queries;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Commit.Tests.Delivery;

public sealed class GrainPostmanTests
{
    [Fact]
    public async Task A_letter_that_nobody_can_take_delays_no_other_and_ends_among_the_dead_letters()
    {
        await using CommitBench bench = new();
        Customers customers = new();
        GrainPostman postman = new(
            bench.Store.Mail,
            bench.Store.Customers,
            bench.Store.Cases,
            customers,
            customers,
            new AskedActions(),
            bench.Deliveries
        );
        await bench.CommitAsync(
            new PutCustomer(Samples.Customer("broken", "A", new Identity(GrainPostman.TagIdentity, "t1"))),
            new PutCustomer(Samples.Customer("sound", "B", new Identity(GrainPostman.TagIdentity, "t2"))),
            new Tell(Letter("l1", "t1")),
            new Tell(Letter("l2", "t2"))
        );
        await postman.StartAsync(CancellationToken.None);

        Assert.Equal("sound", await Awaited.Within(customers.Told.Task, "letter for the sound customer"));
        IReadOnlyList<DeadLetter> letters = await bench.PassUntil(
            async () =>
                (await bench.Store.DeadLetters.ListAsync(new PageRequest(), CancellationToken.None)).Items is { Count: > 0 } found
                    ? found
                    : null,
            "dead letter",
            TimeSpan.FromSeconds(61)
        );

        DeadLetter letter = Assert.Single(letters);
        Assert.Equal(
            ("devices/scanner-1/sightings", "device:scanner-1", DeadLetterReason.Undeliverable),
            (letter.Topic, letter.Principal, letter.Reason)
        );
        Assert.Equal("t1", (string?)JsonNode.Parse(letter.Payload)!["tag"]);
        Assert.Empty(await bench.Store.Mail.PendingAsync(null, 10, CancellationToken.None));
        await CommitBench.StopAsync(postman);
    }

    private static GrainLetter Letter(string id, string tag) => new(id, new TagSighted("scanner-1", "mall", tag, new(1), new(2), -60));

    /// <summary>Grains of customers, one of which always fails.</summary>
    private sealed class Customers : IGrains, ICatalog
    {
        public TaskCompletionSource<string> Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Merges Merges => Merges.None;

        public Knowledge Answers => Knowledge.None;

        public IReadOnlyDictionary<string, Channel> Channels { get; } = new Dictionary<string, Channel>();

        public IReadOnlyDictionary<string, Flow> Flows { get; } = new Dictionary<string, Flow>();

        public IReadOnlyDictionary<string, Webhook> Webhooks { get; } = new Dictionary<string, Webhook>();

        public IReadOnlyDictionary<string, Integration> Integrations { get; } = new Dictionary<string, Integration>();

        public IDeviceGrain Device(string id) => throw new InvalidOperationException("No device is asked here.");

        public ICustomerGrain Customer(string id)
        {
            ICustomerGrain customer = DispatchProxy.Create<ICustomerGrain, Sighted>();
            ((Sighted)(object)customer).Take = () => Take(id);
            return customer;
        }

        private Task<Reply<bool>> Take(string id)
        {
            if (id == "broken")
                throw new InvalidOperationException("its snapshot cannot be read");
            Told.TrySetResult(id);
            return Task.FromResult<Reply<bool>>(true);
        }

        public ValueTask RefreshAsync(DocumentKind kind, string id, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask RefreshFencesAsync(IReadOnlyCollection<WrittenFence> written, CancellationToken cancellationToken) =>
            ValueTask.CompletedTask;

        public ValueTask RefreshMergesAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    /// <summary>A customer that is told of nothing but sightings.</summary>
#pragma warning disable CA1852 // The proxy derives from it at run time.
    internal class Sighted : DispatchProxy
#pragma warning restore CA1852
    {
        public Func<Task<Reply<bool>>> Take { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Take();
    }
}
