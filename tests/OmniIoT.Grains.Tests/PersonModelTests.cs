using System.Globalization;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Timeline;
using OmniIoT.Grains.Coordination;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Tests;

/// <summary>
/// Merges, their ends, erasures, notes and messages in any order, beside a model that keeps who was merged into whom and what each
/// customer brought, and looks at all of it each time.
/// </summary>
public sealed class PersonModelTests
{
    private const int Customers = 5;
    private const int Steps = 90;

    /// <summary>Addresses that several have: who is taken out of a person leaves those that others brought, too.</summary>
    private static readonly string[] Shared = ["family@example.com", "office@example.com"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_is_done_each_customer_answers_as_the_model_does(int seed)
    {
        Random random = new(seed);
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        PersonModel model = new();
        List<string> done = [];
        try
        {
            for (int step = 0; step < Steps; step++)
            {
                done.Add(await StepAsync(harness, model, random, step));
                await AssertSameAsync(harness, model);
            }
            await harness.RestartAsync();
            await AssertSameAsync(harness, model);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"Seed {seed}: {string.Join("; ", done)}: {error.Message}", error);
        }
    }

    private static async Task<string> StepAsync(GrainsHarness harness, PersonModel model, Random random, int step)
    {
        string id = Any(random);
        string other = Any(random);
        switch (random.Next(8))
        {
            case 0 or 1 when model.SurvivorOf(id) is null:
                string[] addresses = [$"{id}-{step}@example.com", .. Shared.Where(_ => random.Next(2) == 0)];
                await harness.AddCustomerAsync(id, [.. addresses.Select(address => new Identity("email", address))]);
                model.Add(id, addresses);
                return $"add {id}";
            case 0 or 1 or 2 when model.SurvivorOf(id) is { } survivor:
                Reply<Customer> merged = await harness.Get<Merging>().MergeAsync(survivor, new MergeCustomer(other, null, "agent:a"));
                Assert.Equal(model.TryMerge(survivor, other), merged.Rejection is null);
                return $"merge {other} into {survivor}";
            case 3 or 4 when model.SurvivorOf(id) is { } survivor:
                // Mostly somebody who is part of the person, or nobody would ever be taken out of one of three.
                string[] parts = [.. model.PartsOf(survivor)];
                other = parts.Length > 0 && random.Next(4) > 0 ? parts[random.Next(parts.Length)] : other;
                Reply<Customer> parted = await harness.Get<Merging>().UnmergeAsync(survivor, new UnmergeCustomer(other, null, "agent:a"));
                Assert.Equal(model.TryUnmerge(survivor, other), parted.Rejection is null);
                return $"unmerge {other} from {survivor}";
            case 5 or 6 when model.SurvivorOf(id) is not null:
                string text = $"words {step}";
                await harness.AskAsync(grains =>
                    grains.Customer(id).ReceiveMessageAsync(new ReceiveMessage("webchat", "customer:" + id, text, null))
                );
                model.Say(id, text);
                return $"{id} says {text}";
            // Rarely: it takes most of them away at once.
            case 7 when random.Next(6) == 0:
                Reply<bool> erased = await harness.Get<Removals>().EraseCustomerAsync(id, null, CancellationToken.None);
                Assert.Equal(model.TryErase(id), erased.Rejection is null);
                return $"erase {id}";
            default:
                return "nothing";
        }
    }

    private static async Task AssertSameAsync(GrainsHarness harness, PersonModel model)
    {
        ICustomerQueries customers = harness.Get<ICustomerQueries>();
        for (int i = 0; i < Customers; i++)
        {
            string id = NameOf(i);
            Customer? found = await customers.FindAsync(id, CancellationToken.None);
            Assert.Equal((id, model.SurvivorOf(id)), (id, found?.Id));
            Assert.Equal(model.AddressesOf(id), found is null ? [] : found.Identities.Select(identity => identity.Value).Order());
            Assert.Equal(model.WordsOf(id), await WordsAsync(harness, id));
        }
        foreach (string address in Shared)
            Assert.Equal(model.BearersOf(address), await customers.FindByIdentityAsync("email", address, CancellationToken.None));
    }

    private static async Task<IEnumerable<string>> WordsAsync(GrainsHarness harness, string id) =>
        (
            await harness
                .Get<ITimelineQueries>()
                .ListAsync(
                    new TimelineFilter(id, [TimelineKind.MessageReceived]),
                    new PageRequest(null, PageRequest.MaximumLimit),
                    CancellationToken.None
                )
        )
            .Items.Select(entry => entry.Text!)
            .Order();

    private static string Any(Random random) => NameOf(random.Next(Customers));

    private static string NameOf(int number) => "c" + number.ToString(CultureInfo.InvariantCulture);
}
