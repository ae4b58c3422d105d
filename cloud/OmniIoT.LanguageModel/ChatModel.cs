using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using OmniIoT.Domain.Answers.Models;
using OmniIoT.Ports.Desk;
using OpenAI;

namespace OmniIoT.LanguageModel;

/// <summary>
/// Asks a server of chat completions. What it is asked with is all that it may answer from; what it says is looked at before anybody hears
/// it (<see cref="ModelQuestion.Accept"/>). One that fails is left alone for a while, so that nobody waits for it in vain.
/// </summary>
internal sealed partial class ChatModel : IBotModel, IDisposable
{
    /// <summary>Of its answer: some 1,200 letters and the names of its sources.</summary>
    private const int MostTokens = 800;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly LanguageModelOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HttpClient _http = new(new BoundedHandler());
    private readonly IChatClient _client;
    private readonly SemaphoreSlim _places;
    private Failure? _failure;

    public ChatModel(LanguageModelOptions options, TimeProvider time, ILogger logger)
    {
        (_options, _time, _logger, _places) = (options, time, logger, new SemaphoreSlim(options.MostAtOnce));
        OpenAIClientOptions settings = new()
        {
            Endpoint = options.Endpoint,
            Transport = new HttpClientPipelineTransport(_http),
            // Whoever waits is answered without it rather than late.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = options.Timeout,
        };
        // The client wants a key; a server that asks for none does not look at it.
        _client = new OpenAIClient(new ApiKeyCredential(options.Key ?? "none"), settings).GetChatClient(options.Name).AsIChatClient();
    }

    public bool IsThere => true;

    public async ValueTask<ModelAnswer?> AskAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        if (question.Sources.Count == 0 || IsResting() || !await _places.WaitAsync(TimeSpan.Zero, cancellationToken))
            return null;
        try
        {
            return await RequestAsync(question, cancellationToken);
        }
        catch (ClientResultException refused) when (refused.Status is 400 or 413 or 422)
        {
            // This question is too long for it, or against its rules; others are not.
            LogRefused(_logger, refused.Status);
            return null;
        }
#pragma warning disable CA1031 // Whatever is wrong with it: bots go on without it.
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _failure, new Failure(_time.GetTimestamp()));
            LogFailed(_logger, failure.Message);
            return null;
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
        _places.Dispose();
    }

    private bool IsResting() => Volatile.Read(ref _failure) is { } failure && _time.GetElapsedTime(failure.At) < Rest;

    private async Task<ModelAnswer?> RequestAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(_options.Timeout, _time);
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        ChatResponse response = await _client.GetResponseAsync(
            [new ChatMessage(ChatRole.System, Prompt.Rules), new ChatMessage(ChatRole.User, Prompt.Of(question))],
            new ChatOptions
            {
                Temperature = 0,
                MaxOutputTokens = MostTokens,
                ResponseFormat = ChatResponseFormat.Json,
            },
            ending.Token
        );
        return Prompt.Read(response.Text);
    }

    [LoggerMessage(1461, LogLevel.Warning, "The language model did not answer; bots go on without it for a while: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);

    [LoggerMessage(1462, LogLevel.Information, "The language model refused a question with {Status}; the bot goes on without it.")]
    private static partial void LogRefused(ILogger logger, int status);

    /// <param name="At">A timestamp.</param>
    private sealed record Failure(long At);
}
