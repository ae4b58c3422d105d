using System.Globalization;
using System.Text;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Process;

/// <summary>
/// A device under the dearest rules that a model may have brings hours of readings, and the host is asked to stop meanwhile.
/// </summary>
public sealed class BusyStopTests
{
    private const int Messages = 40;
    private const int ReadingsEach = 3_000;

    /// <summary>As many windows as a model may have.</summary>
    private const int Windows = 200;
    private const int WindowsOfRule = 10;

    [Fact]
    public async Task A_stop_is_heard_and_what_was_acknowledged_is_kept()
    {
        using TemporaryDirectory directory = new();
        int acknowledged;
        await using (HostProcess host = await HostProcess.StartAsync(directory.Path))
        {
            await host.Api.PutAsync("models/dear", Model());
            string secret = (string)(await host.Api.PutAsync("devices/dear-1", """{"model":"dear"}"""))["secret"]!;
            await using MqttClient client = new(
                new MqttClientOptions
                {
                    Host = "127.0.0.1",
                    Port = host.MqttPort,
                    UserName = "dear-1",
                    Password = Encoding.UTF8.GetBytes(secret),
                    Reconnect = false,
                },
                TimeProvider.System,
                new Random(1)
            );
            await Awaited.Within(client.ConnectAsync(), "connection");
            Task<ReasonCode>[] sent = [.. Enumerable.Range(0, Messages).Select(number => PublishAsync(client, number))];
            await Awaited.Within(Task.WhenAny(sent), "first acknowledgement");

            Assert.Equal(0, await host.StopAsync());

            acknowledged = sent.Count(static one => one.IsCompletedSuccessfully);
            Assert.Empty(host.Errors);
        }
        Assert.InRange(acknowledged, 1, Messages);
        await using HostProcess again = await HostProcess.StartAsync(directory.Path);
        int kept = (await again.Api.ListAsync("devices/dear-1/telemetry/raw?metric=t&limit=10000")).Count;
        Assert.InRange(kept, acknowledged * ReadingsEach, Messages * ReadingsEach);
    }

    private static Task<ReasonCode> PublishAsync(MqttClient client, int number)
    {
        StringBuilder readings = new("[");
        for (int reading = 0; reading < ReadingsEach; reading++)
        {
            long at = 1_764_547_200_000 + (1_000L * ((number * ReadingsEach) + reading));
            readings.Append(
                CultureInfo.InvariantCulture,
                $"{(reading == 0 ? "" : ",")}{{\"ts\":{at},\"values\":{{\"t\":{reading % 50}}}}}"
            );
        }
        return client.PublishAsync(
            "devices/dear-1/telemetry",
            Encoding.UTF8.GetBytes(readings.Append(']').ToString()),
            QualityOfService.AtLeastOnce
        );
    }

    private static string Model()
    {
        IEnumerable<string> rules = Enumerable
            .Range(1, Windows)
            .Chunk(WindowsOfRule)
            .Select(
                (some, number) =>
                    $$"""{"type":"r{{number}}","severity":"minor","when":"{{string.Join(" or ", some.Select(static seconds => $"stddev(t, {600 + seconds}s) > 1000000"))}}"}"""
            );
        return $$$"""{"name":"Dear","metrics":{"t":{"interval":"1s"}},"rules":[{{{string.Join(',', rules)}}}]}""";
    }
}
