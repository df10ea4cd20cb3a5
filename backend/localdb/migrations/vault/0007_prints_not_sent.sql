-- Labels are asked for what is on its way with them, at every preview.
CREATE INDEX print_job_not_sent ON print_job (scope, work_order) WHERE state <> 'sent';
