using System.Text;
using OmniIoT.Mqtt.Client;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests.Tracing;

public sealed class TracingTests
{
    private const string Model = """
        { "name": "Washer", "metrics": { "temperature": { "unit": "Cel" } },
          "rules": [ { "type": "overheat", "severity": "major", "when": "temperature > 80", "case": { "title": "Too hot" }, "notify": { "text": "It runs hot" } } ] }
        """;

    [Fact]
    public async Task A_message_that_opens_a_case_is_one_trace_down_to_what_was_delivered()
    {
        await using TraceCollector collector = await TraceCollector.StartAsync();
        RunningHost host = new(settings => settings with { TracingEndpoint = collector.Address });
        await host.InitializeAsync();
        string secret = await host.SeedWasherAsync("w-1", "c-1");
        Assert.True((await host.PutAsync("models/washer", Model)).IsSuccess);

        string token = (string)(await host.PostAsync("customers/c-1/app-token")).Json!["token"]!;
        TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        MqttClientOptions phone = new()
        {
            Host = "127.0.0.1",
            Port = host.MqttPort,
            UserName = "customer:c-1",
            Password = Encoding.UTF8.GetBytes(token),
            Reconnect = false,
        };
        await using MqttClient app = new(phone, TimeProvider.System, new Random(1))
        {
            MessageHandler = (_, _) =>
            {
                told.TrySetResult();
                return ValueTask.CompletedTask;
            },
        };
        await Awaited.Within(app.ConnectAsync(), "MQTT connection");
        await app.SubscribeAsync("customers/c-1/messages");

        await host.PublishAsync("w-1", secret, "devices/w-1/telemetry", """{"temperature":91}""");
        string caseId = (string)(await host.GetAsync("cases?deviceId=w-1")).Items.Single()!["id"]!;
        await Awaited.Within(told.Task, "notice to the customer");
        await host.DisposeAsync(); // Tells the spans that wait.

        Span turn = collector.Spans.Single(span =>
            span.Events.Any(it => it.Name == "case opened" && it.Attributes["omniiot.case.id"] == caseId)
        );
        Span receive = collector.Spans.Single(span => span.Id == turn.ParentId);
        Assert.Equal(("turn", "receive", ""), (turn.Name, receive.Name, receive.ParentId));
        Assert.Equal(["commit", "deliver"], collector.Spans.Where(span => span.ParentId == turn.Id).Select(span => span.Name).Order());
        Assert.Equal(4, collector.Spans.Count(span => span.TraceId == receive.TraceId));
    }
}
