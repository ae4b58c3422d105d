using OmniIoT.Domain;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Devices;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Tests;

/// <summary>Somebody decides on every case, whatever became of its device and its customer.</summary>
public sealed class CaseOwnerTests
{
    [Fact]
    public async Task The_open_case_of_a_removed_device_is_changed_noted_and_resolved()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        Case open = await TroubleAsync(harness);
        await RemoveAsync(harness);

        Case changed = await harness.AskAsync(grains =>
            grains
                .Device("w1")
                .ChangeCaseAsync(
                    new ChangeCase
                    {
                        CaseId = open.Id,
                        Actor = "agent:a",
                        Status = null,
                        Priority = CasePriority.Low,
                        Queue = null,
                        Assignee = null,
                        Title = null,
                        ExpectedVersion = null,
                    }
                )
        );
        await harness.AskAsync(grains => grains.Device("w1").NoteCaseAsync(new NoteCase(open.Id, "Scrapped", "agent:a")));
        Case resolved = await harness.AskAsync(grains =>
            grains.Device("w1").ResolveCaseAsync(new ResolveCase(open.Id, "Scrapped", "agent:a", null))
        );

        Assert.Equal(CasePriority.Low, changed.Priority);
        Assert.Equal((CaseStatus.Resolved, "ann"), (resolved.Status, resolved.CustomerId));
        Assert.Contains(await harness.TimelineAsync("ann"), entry => entry.Text == "Scrapped" && entry.Refs.CaseId == open.Id);
    }

    [Fact]
    public async Task A_device_registered_again_takes_its_owners_case_up_and_opens_no_second_one()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        Case open = await TroubleAsync(harness);
        await RemoveAsync(harness);
        await harness.RestartAsync();

        await harness.RegisterAsync("w1", "ann");
        await harness.SendAsync(EntityId.Device("w1"), ("telemetry", """{"temperature":86}"""));

        Case only = Assert.Single(await CasesAsync(harness));
        Assert.Equal((open.Id, 2), (only.Id, only.AlarmIds.Count));
    }

    [Fact]
    public async Task A_device_registered_again_for_another_leaves_the_former_owners_case_alone()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        Case open = await TroubleAsync(harness);
        await harness.AddCustomerAsync("bea");
        await RemoveAsync(harness);

        await harness.RegisterAsync("w1", "bea");
        await harness.SendAsync(EntityId.Device("w1"), ("telemetry", """{"temperature":86}"""));

        Assert.Equal([("bea", 1), ("ann", 1)], (await CasesAsync(harness)).Select(found => (found.CustomerId, found.AlarmIds.Count)));
        Assert.DoesNotContain(await harness.TimelineAsync("bea"), entry => entry.Refs.CaseId == open.Id);
    }

    private static async Task<Case> TroubleAsync(GrainsHarness harness)
    {
        await harness.AddCustomerAsync("ann");
        await harness.RegisterAsync("w1", "ann");
        await harness.SendAsync(EntityId.Device("w1"), ("telemetry", """{"temperature":85}"""));
        return Assert.Single(await CasesAsync(harness));
    }

    private static Task<bool> RemoveAsync(GrainsHarness harness) =>
        harness.AskAsync(grains => grains.Device("w1").RemoveAsync(new RemoveDevice(null)));

    private static async Task<IReadOnlyList<Case>> CasesAsync(GrainsHarness harness) =>
        (
            await harness
                .Get<ICaseQueries>()
                .ListAsync(new CaseFilter { DeviceId = "w1" }, new PageRequest(null, PageRequest.MaximumLimit), CancellationToken.None)
        ).Items;
}
