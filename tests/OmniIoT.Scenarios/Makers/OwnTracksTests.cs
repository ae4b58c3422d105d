using System.Text.Json.Nodes;
using OmniIoT.Scenarios.Contract;

namespace OmniIoT.Scenarios.Makers;

[Collection(nameof(MakersHost))]
public sealed class OwnTracksTests(MakersHost host)
{
    [Fact]
    public async Task A_phone_says_where_it_is_and_answers_when_it_is_asked()
    {
        await using ContractClient phone = await host.ConnectAsync("owntracks-", "reportLocation");
        string topic = $"owntracks/{phone.Id}/phone";
        await phone.SubscribeAsync(topic + "/cmd");
        await phone.PublishAsync(
            topic,
            $$"""{"_type":"location","lat":40.41,"lon":49.86,"acc":8,"tst":{{ContractHost.NowMilliseconds / 1000}},"batt":80}"""
        );

        string command = await host.SendAsync(phone.Id, "reportLocation");
        (string asked, JsonNode request, _) = await phone.ReceiveAsync("the command");
        await phone.PublishAsync(
            topic,
            $$"""{"_type":"location","lat":40.42,"lon":49.87,"acc":5,"tst":{{ContractHost.NowMilliseconds / 1000}},"t":"r"}"""
        );

        Assert.Equal((topic + "/cmd", "reportLocation"), (asked, (string?)request["action"]));
        Assert.Equal(40.42, (double)(await host.EndedAsync(phone.Id, command, "succeeded"))["result"]!["lat"]!);
        JsonNode twin = await host.TwinAsync(phone.Id, _ => true, "twin");
        Assert.Equal(
            (40.42, 5, 80),
            ((double)twin["location"]!["lat"]!, (int)twin["location"]!["accuracy"]!, (int)MakersHost.Value(twin, "batt")!)
        );
    }
}
