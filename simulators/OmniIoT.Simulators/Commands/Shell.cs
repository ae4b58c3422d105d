using OmniIoT.Mqtt;

namespace OmniIoT.Simulators;

/// <summary>What a sub-command's end means to the shell: 0 done or stopped by Ctrl-C, 1 failed with its reason on standard error.</summary>
internal static class Shell
{
    public static async Task<int> RunAsync(Func<Task> action, CancellationToken stopping)
    {
        try
        {
            await action();
            return 0;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            Console.Error.WriteLine("Stopped.");
            return 0;
        }
        catch (Exception failure) when (failure is OperationCanceledException or SimulationException or MqttClientException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }
}
