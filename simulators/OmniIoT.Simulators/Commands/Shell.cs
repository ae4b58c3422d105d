using OmniIoT.Mqtt.Client;

namespace OmniIoT.Simulators.Commands;

/// <summary>What a sub-command's end means to the shell: 0 done or stopped, 1 failed with its reason on standard error.</summary>
internal static class Shell
{
    public static Task<int> RunAsync(Func<Task> action, CancellationToken stopping) =>
        RunAsync(
            async () =>
            {
                await action();
                return 0;
            },
            stopping
        );

    /// <param name="action">Its exit code, unless it is stopped or fails.</param>
    public static async Task<int> RunAsync(Func<Task<int>> action, CancellationToken stopping)
    {
        try
        {
            return await action();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            Console.Error.WriteLine("Stopped.");
            return 0;
        }
        catch (Exception failure)
            when (failure
                    is OperationCanceledException
                        or SimulationException
                        or MqttClientException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            Console.Error.WriteLine(failure.Message);
            // Ctrl-C may stop the host as well, and what it leaves unanswered is then no failure of ours.
            return stopping.IsCancellationRequested ? 0 : 1;
        }
    }
}
