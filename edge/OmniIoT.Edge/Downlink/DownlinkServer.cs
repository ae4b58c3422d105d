using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Time;
using OmniIoT.Devices.Topics;
using OmniIoT.Edge.Commands;
using OmniIoT.Edge.Settings;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Edge.Downlink;

/// <summary>What comes from the cloud: desired properties are applied and reported, commands answered, one after the other.</summary>
/// <param name="inbox">The messages, in the order of their arrival.</param>
internal sealed partial class DownlinkServer(
    MqttClient client,
    ChannelReader<ReceivedMessage> inbox,
    string deviceId,
    TimeProvider time,
    ILogger logger
)
{
    private readonly string _root = PlatformTopics.Root(deviceId);

    public required CommandHandler Handler { get; init; }

    public required CommandJournal Journal { get; init; }

    public required DesiredProperties Properties { get; init; }

    /// <summary>Until a command asks for a restart.</summary>
    /// <param name="first">What is reported first, beside what is in force.</param>
    public async Task RunAsync(JsonObject first, CancellationToken cancellationToken)
    {
        foreach (string filter in new[] { $"{_root}twin/desired", $"{_root}commands/+/request" })
        {
            while (!await TrySubscribeAsync(filter, cancellationToken))
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
        }
        foreach ((string name, JsonNode? value) in Properties.ToReported())
            first[name] = value?.DeepClone();
        await PublishAsync("twin/reported", first, cancellationToken);
        await foreach (ReceivedMessage message in inbox.ReadAllAsync(cancellationToken))
        {
            await TryServeAsync(message, cancellationToken);
            message.Acknowledge();
            if (Handler.IsRestartRequested)
                return;
        }
    }

    private async Task<bool> TrySubscribeAsync(string filter, CancellationToken cancellationToken)
    {
        if (!client.IsConnected)
            return false;
        try
        {
            ReasonCode reason = await client.SubscribeAsync(filter, QualityOfService.AtLeastOnce, cancellationToken);
            if (reason.IsFailure())
                LogSubscriptionRefused(filter, reason);
            return true;
        }
        catch (MqttClientException)
        {
            return false;
        }
    }

    private async Task TryServeAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            if (message.Topic.EndsWith("/twin/desired", StringComparison.Ordinal))
                await PublishAsync("twin/reported", Apply(message.Payload), cancellationToken);
            else
                await AnswerAsync(message, cancellationToken);
        }
        catch (Exception failure) when (UntrustedJson.IsProblem(failure) || failure is MqttClientException)
        {
            // Whatever the cloud sends, and whatever of the answer it refuses: the agent goes on.
            LogNotUnderstood(message.Topic, failure.Message);
        }
    }

    private JsonObject Apply(ReadOnlyMemory<byte> payload)
    {
        JsonObject? twin;
        try
        {
            twin = UntrustedJson.Parse(payload.Span) as JsonObject;
        }
        catch (Exception failure) when (UntrustedJson.IsProblem(failure))
        {
            return Properties.Refuse(failure.Message);
        }
        if (twin?["desired"] is not JsonObject desired)
            return Properties.Refuse("is no object");
        JsonObject reported = Properties.Apply(desired);
        reported["desiredVersion"] = twin["version"]?.DeepClone();
        return reported;
    }

    private async Task AnswerAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        if (AgentCommand.Parse(message.Topic, message.Payload.Span) is not { } command)
        {
            LogNotUnderstood(message.Topic, "it is no command");
            return;
        }
        if (command.ExpiresAt is { } expiry && Instant.FromTime(time.GetUtcNow()) > expiry)
            return;
        await PublishAsync($"commands/{command.Id}/response", Journal.Find(command.Id) ?? Execute(command), cancellationToken);
        if (command.Name == CommandHandler.Output)
            await PublishAsync("twin/reported", Properties.ToReported(), cancellationToken);
    }

    /// <summary>The answer; it is written down before anybody can hear it.</summary>
    private JsonObject Execute(AgentCommand command)
    {
        LogCommand(command.Name, command.Id);
        JsonObject answer = Handler.Execute(command);
        Journal.Add(command.Id, answer);
        return answer;
    }

    private Task<ReasonCode> PublishAsync(string topic, JsonObject payload, CancellationToken cancellationToken) =>
        client.PublishAsync(
            _root + topic,
            Encoding.UTF8.GetBytes(payload.ToJsonString()),
            QualityOfService.AtLeastOnce,
            cancellationToken: cancellationToken
        );

    [LoggerMessage(25, LogLevel.Information, "Command {Name} ({Id})")]
    private partial void LogCommand(string name, string id);

    [LoggerMessage(26, LogLevel.Warning, "Not understood on {Topic}: {What}")]
    private partial void LogNotUnderstood(string topic, string what);

    [LoggerMessage(27, LogLevel.Error, "The cloud refused the subscription to {Filter}: {Reason}")]
    private partial void LogSubscriptionRefused(string filter, ReasonCode reason);
}
