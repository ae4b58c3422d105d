namespace OmniIoT.Gateway.Sessions;

// What of it is on its way into storage. Another process that takes the session over reads it there, so whoever gives it up waits until
// nothing can come behind that look.
internal sealed partial class Session
{
    private int _writesUnderWay;
    private TaskCompletionSource? _settled;

    /// <summary>Something is decided that storage does not have yet. Each is followed by an <see cref="EndWrite"/>.</summary>
    public void BeginWrite()
    {
        lock (_lock)
            _writesUnderWay++;
    }

    /// <summary>Storage has it, or never will.</summary>
    public void EndWrite()
    {
        lock (_lock)
        {
            if (--_writesUnderWay == 0)
                _settled?.TrySetResult();
        }
    }

    /// <summary>Ends once nothing is on its way; of a session that has ended, nothing ever is again.</summary>
    public Task SettledAsync()
    {
        lock (_lock)
        {
            if (_writesUnderWay == 0)
                return Task.CompletedTask;
            return (_settled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
