using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Scenarios.Contract;

[Collection(nameof(ContractHost))]
public sealed class DeadLetterTests(ContractHost host)
{
    [Theory]
    [InlineData("telemetry", "{bad", "invalidJson")]
    [InlineData("telemetry", "", "invalidJson")]
    [InlineData("telemetry", """{"temperature":1} {}""", "invalidJson")]
    [InlineData("telemetry", "5", "wrongShape")]
    [InlineData("telemetry", """{"values":{"temperature":null}}""", "wrongShape")]
    [InlineData("telemetry", """{"ts":"noon","values":{"temperature":1}}""", "wrongShape")]
    [InlineData("telemetry", """{"ts":1781000040000,"values":"hot"}""", "wrongShape")]
    [InlineData("telemetry", """["x"]""", "wrongShape")]
    [InlineData("telemetry", """{"seq":"x","values":{"temperature":1}}""", "wrongShape")]
    [InlineData("telemetry", """{"temperature":NaN}""", "notFinite")]
    [InlineData("telemetry", """{"values":{"temperature":1e999}}""", "notFinite")]
    [InlineData("location", """{"lat":91,"lon":0}""", "wrongShape")]
    [InlineData("events", "{}", "wrongShape")]
    [InlineData("twin/reported", "[]", "wrongShape")]
    [InlineData("commands/c1/response", """{"status":"maybe"}""", "wrongShape")]
    [InlineData("nonsense", "{}", "wrongShape")]
    public async Task What_cannot_be_understood_is_kept_with_its_reason_and_acknowledged(string topic, string payload, string reason)
    {
        await using ContractClient device = await host.AddDeviceAsync(await host.AddModelAsync());

        Assert.Equal(ReasonCode.PayloadFormatInvalid, await device.PublishAsync($"devices/{device.Id}/{topic}", payload));

        JsonNode letter = await LetterAsync(device.Id);
        Assert.Equal(
            ($"devices/{device.Id}/{topic}", reason, Convert.ToBase64String(Encoding.UTF8.GetBytes(payload))),
            ((string?)letter["topic"], (string?)letter["reason"], (string?)letter["payload"])
        );
        Assert.Equal(["id", "at", "topic", "principal", "reason", "detail", "payload"], letter.AsObject().Select(member => member.Key));
        Assert.Empty((await host.GetAsync($"devices/{device.Id}/telemetry/raw?metric=temperature")).Items);
    }

    [Fact]
    public async Task Of_an_array_only_the_wrong_elements_are_dead_letters_and_their_neighbours_count()
    {
        await using ContractClient device = await host.AddDeviceAsync(await host.AddModelAsync());

        Assert.Equal(
            ReasonCode.PayloadFormatInvalid,
            await device.PublishAsync(
                $"devices/{device.Id}/telemetry",
                """[{"temperature":1}, "x", {"seq":5,"values":{"temperature":2}}, {"seq":"y","values":{"temperature":3}}]"""
            )
        );

        Assert.Equal(
            ["\"x\"", """{"seq":"y","values":{"temperature":3}}"""],
            (await host.GetAsync("dead-letters"))
                .Items.Where(letter => ((string)letter!["topic"]!).Contains(device.Id, StringComparison.Ordinal))
                .Select(letter => Encoding.UTF8.GetString(Convert.FromBase64String((string)letter!["payload"]!)))
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            [1, 2],
            (await host.GetAsync($"devices/{device.Id}/telemetry/raw?metric=temperature"))
                .Items.Select(reading => (int)reading!["value"]!)
                .Order()
        );
    }

    [Fact]
    public async Task More_than_256_KiB_is_too_large_and_its_first_4_KiB_are_kept()
    {
        await using ContractClient device = await host.AddDeviceAsync(await host.AddModelAsync());
        byte[] largest = Encoding.UTF8.GetBytes("""{"temperature":1}""".PadRight(256 * 1024));

        Assert.Equal(ReasonCode.Success, await device.PublishAsync($"devices/{device.Id}/telemetry", largest));
        Assert.Equal(ReasonCode.QuotaExceeded, await device.PublishAsync($"devices/{device.Id}/telemetry", [.. largest, (byte)' ']));

        JsonNode letter = await LetterAsync(device.Id);
        Assert.Equal("tooLarge", (string?)letter["reason"]);
        Assert.Equal(largest.Take(4096), Convert.FromBase64String((string)letter["payload"]!));
    }

    [Theory]
    [InlineData(25 * 60, ReasonCode.PayloadFormatInvalid)]
    [InlineData(23 * 60, ReasonCode.Success)]
    public async Task A_time_more_than_a_day_ahead_cannot_be_meant(int minutesAhead, ReasonCode expected)
    {
        await using ContractClient device = await host.AddDeviceAsync(await host.AddModelAsync());
        long at = ContractHost.NowMilliseconds + (minutesAhead * 60_000L);

        Assert.Equal(
            expected,
            await device.PublishAsync($"devices/{device.Id}/telemetry", $$"""{"ts":{{at}},"values":{"temperature":1} }""")
        );

        if (expected is not ReasonCode.Success)
            Assert.Equal("future", (string?)(await LetterAsync(device.Id))["reason"]);
    }

    [Fact]
    public async Task A_beacon_that_nobody_knows_is_told()
    {
        string customer = await host.AddCustomerAsync();
        await using ContractClient app = await host.ConnectAppAsync(customer);

        Assert.Equal(
            ReasonCode.PayloadFormatInvalid,
            await app.PublishAsync(
                $"customers/{customer}/sightings",
                """{"beacon":"f7826da6-4fa2-4e98-8024-bc5b71e0893e:1:65000","rssi":-60}"""
            )
        );

        JsonNode letter = await LetterAsync(customer);
        Assert.Equal(("unknownBeacon", "customer:" + customer), ((string?)letter["reason"], (string?)letter["principal"]));
    }

    /// <summary>Dead letters come newest first.</summary>
    private async Task<JsonNode> LetterAsync(string id)
    {
        JsonNode newest = (await host.GetAsync("dead-letters")).Items[0]!;
        Assert.Contains($"/{id}/", (string?)newest["topic"], StringComparison.Ordinal);
        return newest;
    }
}
