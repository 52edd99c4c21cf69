import { Section } from '../../components/section.tsx'
import { Ago, Ahead, type ServerClock } from './server-clock.tsx'
import { type StateLook, StateMark } from './state-mark.tsx'
import type { TaskState, TaskView } from './task-view.ts'

interface TasksCardProps {
  readonly tasks: readonly TaskView[]
  readonly clock: ServerClock
}

/** What the server makes ready in the background, and how fresh that is. */
export function TasksCard({ tasks, clock }: TasksCardProps) {
  return (
    <Section id="tasks" title="Kept ready in the background">
      <ul className="grid gap-x-8 lg:grid-cols-2">
        {tasks.map((task) => (
          <Task key={task.id} task={task} clock={clock} />
        ))}
      </ul>
    </Section>
  )
}

const looks: Record<Exclude<TaskState, 'done'>, StateLook> = {
  running: { sign: '◔', colour: 'text-muted', word: 'At work' },
  failing: { sign: '✕', colour: 'text-warn', word: 'Failed' },
  elsewhere: { sign: '–', colour: 'text-muted', word: 'Another instance’s' },
}

function Task({ task, clock }: { readonly task: TaskView; readonly clock: ServerClock }) {
  return (
    <li
      data-task={task.id}
      data-state={task.state}
      className="flex flex-wrap content-start items-baseline gap-x-3 border-t border-line py-2 first:border-t-0 lg:nth-2:border-t-0"
    >
      <h3 className="flex-1 text-sm font-medium">{task.name}</h3>
      {task.state === 'done' ? <Freshness task={task} clock={clock} /> : <StateMark look={looks[task.state]} />}
      <p className="basis-full text-xs text-muted">
        {task.purpose} {task.state === 'done' ? <Next task={task} clock={clock} /> : null}
      </p>
      {task.state === 'failing' ? (
        <p className="basis-full text-xs">
          {task.problem} Last done: <Freshness task={task} clock={clock} />. It is tried again within seconds.
        </p>
      ) : null}
    </li>
  )
}

function Freshness({ task: { lastSuccess }, clock }: { readonly task: TaskView; readonly clock: ServerClock }) {
  return <span className="text-sm">{lastSuccess === null ? 'never' : <Ago at={lastSuccess} clock={clock} />}</span>
}

function Next({ task: { nextRun }, clock }: { readonly task: TaskView; readonly clock: ServerClock }) {
  if (nextRun === null) return null
  return (
    <>
      Next <Ahead at={nextRun} clock={clock} />.
    </>
  )
}
