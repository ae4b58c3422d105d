using OmniIoT.Devices.Models;
using OmniIoT.Domain;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>Registrations and commands, and what goes with a deleted device.</summary>
public abstract class DeviceContract : StoreContract
{
    [Fact]
    public async Task A_registration_comes_back_as_written()
    {
        DeviceRegistration device = Samples.Device("d1", "press-p1", "c1", "mall", "Presse Əlif");
        Commit(new PutDevice(device));

        Assert.Equal(device, await Store.Devices.FindAsync("d1", Cancel));
        Assert.Null(await Store.Devices.FindAsync("d2", Cancel));
    }

    [Fact]
    public async Task Devices_are_listed_by_id_and_restricted_by_every_field_of_the_filter()
    {
        Commit(
            new PutDevice(Samples.Device("d3", "m1", "c1", "s1")),
            new PutDevice(Samples.Device("d1", "m1", "c1")),
            new PutDevice(Samples.Device("d2", "m2", "c1", "s1")),
            new PutDevice(Samples.Device("d4", "m1", "c2", "s2"))
        );

        Assert.Equal(["d1", "d2", "d3", "d4"], await Ids(new DeviceFilter()));
        Assert.Equal(["d1", "d3", "d4"], await Ids(new DeviceFilter(Model: "m1")));
        Assert.Equal(["d1", "d2", "d3"], await Ids(new DeviceFilter(CustomerId: "c1")));
        Assert.Equal(["d2", "d3"], await Ids(new DeviceFilter(SiteId: "s1")));
        Assert.Equal(["d3"], await Ids(new DeviceFilter("m1", "c1", "s1", "D3")));
    }

    [Fact]
    public async Task Devices_are_restricted_to_those_with_an_active_alarm_and_by_the_worst_of_their_alarms()
    {
        Commit(
            new PutDevice(Samples.Device("d1")),
            new PutDevice(Samples.Device("d2")),
            new PutDevice(Samples.Device("d3")),
            new PutDevice(Samples.Device("d4")),
            new PutAlarm(Samples.Alarm("a1", 1, "d1", Severity.Critical)),
            new PutAlarm(Samples.Alarm("a2", 2, "d1", Severity.Minor)),
            new PutAlarm(Samples.Alarm("a3", 3, "d2", Severity.Minor)),
            new PutAlarm(Samples.Alarm("a4", 4, "d3", Severity.Critical, cleared: true))
        );

        Assert.Equal(["d1", "d2"], await Ids(new DeviceFilter(Alarmed: true)));
        Assert.Equal(["d3", "d4"], await Ids(new DeviceFilter(Alarmed: false)));
        Assert.Equal(["d1"], await Ids(new DeviceFilter(Severity: Severity.Critical)));
        Assert.Equal(["d2"], await Ids(new DeviceFilter(Severity: Severity.Minor)));
        Assert.Empty(await Ids(new DeviceFilter(Severity: Severity.Major)));
    }

    [Theory]
    [InlineData("PRESS", "a-press-7", "a-press-8")]
    [InlineData("ess 7", "a-press-7")]
    [InlineData("50%", "a-press-8", "b")]
    [InlineData("5_x", "c")]
    [InlineData(@"back\slash", "c")]
    [InlineData("çAYxana", "d")]
    [InlineData("caYXANA", "d")]
    [InlineData("%", "a-press-7", "a-press-8", "b", "c", "d")]
    [InlineData("press nobody")]
    public async Task Each_word_is_found_in_the_words_of_id_or_name_however_it_is_written(string text, params string[] expected)
    {
        Commit(
            new PutDevice(Samples.Device("a-press-7")),
            new PutDevice(Samples.Device("a-press-8", name: "502")),
            new PutDevice(Samples.Device("b", name: "Half 50% power")),
            new PutDevice(Samples.Device("c", name: @"5_x back\slash")),
            new PutDevice(Samples.Device("d", name: "Çayxana"))
        );

        Assert.Equal(expected, await Ids(new DeviceFilter(Text: text)));
    }

    [Fact]
    public async Task Commands_come_newest_first_and_a_later_state_replaces_the_earlier()
    {
        Commit(Enumerable.Range(1, 5).Select(i => new PutCommand(Samples.Command($"k{i}", at: i))));
        Commit(new PutCommand(Samples.Command("other", "d2", at: 9)));
        Commit(new PutCommand(Samples.Command("k2", at: 2) with { Status = CommandStatus.Succeeded, CompletedAt = Samples.At(8) }));

        List<DeviceCommand> commands = await AllPages(page => Store.Devices.CommandsAsync("press-7", page, Cancel), 2);

        Assert.Equal(["k5", "k4", "k3", "k2", "k1"], commands.Select(command => command.Id));
        DeviceCommand? found = await Store.Devices.FindCommandAsync("press-7", "k2", Cancel);
        Assert.Equal(CommandStatus.Succeeded, found!.Status);
        Assert.Null(await Store.Devices.FindCommandAsync("d2", "k2", Cancel));
    }

    [Fact]
    public async Task Messages_come_newest_first_and_a_later_state_replaces_the_earlier()
    {
        Commit(Enumerable.Range(1, 5).Select(i => new PutDeviceMessage(Samples.DeviceMessage($"m{i}", at: i))));
        Commit(new PutDeviceMessage(Samples.DeviceMessage("other", "d2", at: 9)));
        Commit(
            new PutDeviceMessage(
                Samples.DeviceMessage("m2", at: 2) with
                {
                    Status = DeviceMessageStatus.Delivered,
                    DeliveredAt = Samples.At(8),
                }
            )
        );

        List<DeviceMessage> messages = await AllPages(page => Store.Devices.MessagesAsync("press-7", page, Cancel), 2);

        Assert.Equal(["m5", "m4", "m3", "m2", "m1"], messages.Select(message => message.Id));
        DeviceMessage? found = await Store.Devices.FindMessageAsync("press-7", "m2", Cancel);
        Assert.Equal((DeviceMessageStatus.Delivered, "hello", "high"), (found!.Status, (string?)found.Payload, found.Properties["level"]));
        Assert.Null(await Store.Devices.FindMessageAsync("d2", "m2", Cancel));
    }

    [Fact]
    public async Task A_deleted_device_takes_its_credentials_certificates_claim_code_grain_alarms_commands_and_messages_with_it()
    {
        EntityId grain = EntityId.Device("press-7");
        Commit(
            new PutDevice(Samples.Device("press-7")),
            new PutDevice(Samples.Device("other")),
            new PutCredential(grain, "hash"),
            new SaveGrain(grain, new byte[1], null, Samples.At(0), 0),
            new PutCertificate(grain, "aa"),
            new PutCertificate(EntityId.Device("other"), "bb"),
            new PutClaimCode("press-7", "code"),
            new PutAlarm(Samples.Alarm("a1")),
            new PutAlarm(Samples.Alarm("a2", deviceId: "other")),
            new PutCommand(Samples.Command("k1")),
            new PutDeviceMessage(Samples.DeviceMessage("m1")),
            new Enqueue(Samples.Downlink("o1", grain)),
            new PutCase(Samples.Case("k1", 1, deviceId: "press-7")),
            new AppendTimeline(Samples.Entry("e1", deviceId: "press-7"))
        );

        Commit(new DeleteDevice("press-7"));

        Assert.Equal(["other"], await Ids(new DeviceFilter()));
        Assert.Null(await Store.Credentials.FindSecretHashAsync(grain, Cancel));
        Assert.Null(await Store.Credentials.FindByThumbprintAsync("aa", Cancel));
        Assert.NotNull(await Store.Credentials.FindByThumbprintAsync("bb", Cancel));
        Assert.Null(await Store.Provisioning.FindClaimedDeviceAsync("code", Cancel));
        Assert.Null(await Store.Grains.LoadAsync(grain, Cancel));
        Assert.Null(await Store.Alarms.FindAsync("a1", Cancel));
        Assert.NotNull(await Store.Alarms.FindAsync("a2", Cancel));
        Assert.Null(await Store.Devices.FindCommandAsync("press-7", "k1", Cancel));
        Assert.Null(await Store.Devices.FindMessageAsync("press-7", "m1", Cancel));
        Assert.Empty(await Store.Outbox.PendingAsync(null, 10, Cancel));
    }

    [Fact]
    public async Task Cases_and_timeline_entries_of_a_deleted_device_stay()
    {
        Commit(
            new PutDevice(Samples.Device("press-7")),
            new PutCase(Samples.Case("k1", 1, deviceId: "press-7")),
            new AppendTimeline(Samples.Entry("e1", deviceId: "press-7"))
        );

        Commit(new DeleteDevice("press-7"));

        Assert.NotNull(await Store.Cases.FindAsync("k1", Cancel));
        Assert.Single((await Store.Timeline.ListAsync(new TimelineFilter("c1"), new PageRequest(), Cancel)).Items);
    }

    private async Task<IEnumerable<string>> Ids(DeviceFilter filter) =>
        (await AllPages(page => Store.Devices.ListAsync(filter, page, Cancel), 2)).Select(device => device.Id);
}
